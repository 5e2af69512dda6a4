package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.DatabaseServer;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** While the database is away nothing can be bought; when it is back everything goes on, and nothing is lost. */
public class DatabaseFaultsIT {

    private static final String NAME = "databasefaults";
    private static final DatabaseServer DATABASE = Fixtures.database();
    private static final KafkaBroker BROKER = Fixtures.broker();

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        assumeTrue(TckSettings.hasDatabaseServer(), "only a database server can be stopped");
        // Longer than the tests freeze the broker: an event that is sent once must arrive once.
        TckArchive shop = ImpatientShop.named(NAME).withLastingDataSource().property("posthorn.send-timeout", "PT60S");
        server = ServerProcess.of(NAME, shop.build(), shop.serverDataSources()).start();
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void repair() {
        DATABASE.start();
    }

    @Test
    void everythingGoesOnWhenAKilledDatabaseIsBack() {
        survives(DATABASE::kill);
    }

    @Test
    void everythingGoesOnWhenAStoppedDatabaseIsBack() {
        survives(DATABASE::stop);
    }

    private void survives(Runnable fault) {
        Trade trade = new Trade(server);
        try (Customers customers = trade.customers()) {
            Trade.await().until(() -> customers.confirmed().size() >= 100);
            fault.run();
            Trade.await().until(() -> customers.refusals() >= 8);
            DATABASE.start();
            int soFar = customers.confirmed().size();
            Trade.await().until(() -> customers.confirmed().size() >= soFar + 100);
            customers.close();

            trade.requireExactlyWhatWasBought(customers);
        }
    }

    @Test
    void acknowledgedEventsAreMarkedAndNotSentAgainWhenTheDatabaseIsBack() {
        Trade trade = new Trade(server);
        trade.buy(0, 1);
        trade.requireAllMarked();
        BROKER.freeze();
        try {
            trade.buy(1, 20);
            DATABASE.kill();
        } finally {
            BROKER.thaw();
        }
        // The rest of the key waits: nothing is sent while the node can't say that it lives.
        trade.awaitDeliveries(2);
        DATABASE.start();

        trade.requireInOrder(20);
        trade.requireAllMarked();
        assertEquals(0, trade.repeats());
    }
}
