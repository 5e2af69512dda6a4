package dev.posthorn.tck.suite;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.server.ServerProcess;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Who stops in order, or has a name, leaves nothing that has to wait until it is declared dead: in this class nobody ever would be.
 */
// In this order, servers are started four times; in any other, more often.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class StopIT {

    private static final KafkaBroker BROKER = Fixtures.broker();

    private static ServerProcess server;
    private static ServerProcess named;

    @BeforeAll
    static void build() {
        WebArchive archive = ImpatientShop.named("stop")
                .property("posthorn.node.timeout", "PT24H")
                .property("posthorn.sweep.interval", "PT2S")
                .build();
        server = ServerProcess.of("stop", archive);
        named = ServerProcess.of("stop-named", archive, Map.of("posthorn.node.name", "only"));
    }

    @AfterAll
    static void close() {
        server.close();
        named.close();
    }

    @AfterEach
    void repair() {
        BROKER.start();
    }

    @Test
    @Order(1)
    void stopReleasesWhatItCantSendAndTheNextStartSendsItAtOnce() {
        Trade trade = new Trade(server.start());
        BROKER.stop();
        trade.buy(0, 20);

        server.stop();
        BROKER.start();
        server.start();

        trade.requireInOrder(20);
        trade.requireAllMarked();
    }

    @Test
    @Order(2)
    void nodeWithANameTakesOverFromItsKilledPredecessorAtOnce() {
        Trade trade = new Trade(named.start());
        BROKER.stop();
        trade.buy(0, 20);

        named.kill9();
        BROKER.start();
        named.start();

        trade.requireInOrder(20);
        trade.requireAllMarked();
    }

    @Test
    @Order(3)
    void stopUnderLoadLosesNothing() {
        Trade trade = new Trade(server.start());
        named.start();
        Customers customers = trade.customers();
        Trade.await().until(() -> customers.confirmed().size() >= 200);

        server.stop();
        customers.close();

        trade.at(named).requireExactlyWhatWasBought(customers);
    }
}
