package dev.posthorn.tck.suite;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.server.ServerProcess;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who stops in order, or has a name, leaves nothing that has to wait until it is declared dead: in this class nobody ever would be.
 */
public class StopIT {

    private static final KafkaBroker BROKER = Fixtures.broker();

    private static WebArchive archive;
    private static ServerProcess server;

    @BeforeAll
    static void build() {
        archive = ImpatientShop.named("stop")
                .property("posthorn.node.timeout", "PT24H")
                .build();
        server = ServerProcess.of("stop", archive);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void repair() {
        BROKER.start();
    }

    @Test
    @Tag("smoke")
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
    void stopUnderLoadLosesNothing() {
        Trade trade = new Trade(server.start());
        Customers customers = trade.customers();
        Trade.await().until(() -> customers.confirmed().size() >= 200);

        server.stop();
        customers.close();
        server.start();

        trade.requireExactlyWhatWasBought(customers);
    }

    @Test
    void nodeWithANameTakesOverFromItsKilledPredecessorAtOnce() {
        try (ServerProcess named = ServerProcess.of("stop-named", archive, Map.of("posthorn.node.name", "only"))) {
            Trade trade = new Trade(named.start());
            BROKER.stop();
            trade.buy(0, 20);

            named.kill9();
            BROKER.start();
            named.start();

            trade.requireInOrder(20);
            trade.requireAllMarked();
        }
    }
}
