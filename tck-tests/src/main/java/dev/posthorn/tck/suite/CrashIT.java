package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.server.ServerProcess;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whenever a server dies: what has been bought there has its event on the broker, and nothing else has. */
public class CrashIT {

    private static final KafkaBroker BROKER = Fixtures.broker();

    private static WebArchive archive;
    private static ServerProcess server;

    @BeforeAll
    static void build() {
        archive = ImpatientShop.named("crash").build();
        server = ServerProcess.of("crash", archive);
    }

    @AfterAll
    static void close() {
        BROKER.start();
        server.close();
    }

    @BeforeEach
    void start() {
        BROKER.start();
        server.start();
    }

    @Test
    @Tag("everywhere")
    void killBetweenCommitAndSendLosesNothingEvenIfTheServerIsBackBeforeItsBroker() {
        Trade trade = new Trade(server);
        BROKER.stop();
        trade.buy(0, 20);
        trade.changeMind(20, 25);

        server.kill9();
        server.start();
        trade.buy(20, 40);
        BROKER.start();

        trade.requireInOrder(40);
        trade.requireExactlyWhatWasBought();
    }

    @Test
    @Tag("everywhere")
    void killUnderLoadLosesNothing() {
        Trade trade = new Trade(server);
        Customers customers = trade.customers();
        Trade.await().until(() -> customers.confirmed().size() >= 200);

        server.kill9();
        customers.close();
        server.start();

        trade.requireExactlyWhatWasBought(customers);
    }

    @Test
    void serverThatIsFrozenForLongerThanTheNodeTimeoutLosesNothing() {
        try (ServerProcess other = ServerProcess.of("crash-other", archive).start()) {
            Trade trade = new Trade(server);
            BROKER.freeze();
            try {
                trade.buy(0, 20);
                server.freeze();
            } finally {
                BROKER.thaw();
            }
            try {
                trade.awaitDeliveries(20);
                trade.buyAt(other, 20, 25);
                trade.awaitDeliveries(25);
            } finally {
                server.thaw();
            }
            trade.buy(25, 30);

            trade.requireInOrder(30);
            trade.requireExactlyWhatWasBought();
            assertTrue(server.log().contains("POSTHORN-3001"), "it has noticed that it was declared dead");
        }
    }
}
