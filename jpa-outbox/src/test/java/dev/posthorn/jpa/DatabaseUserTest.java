package dev.posthorn.jpa;

import static dev.posthorn.jpa.StoreHarness.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.operate.JpaInboxOperatorStore;
import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Held;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The rights that the guide says a user of the database needs are enough, if somebody else has made the tables. */
class DatabaseUserTest {

    private static final StoreConfig VALIDATE = Fixture.config(Map.of());

    @Test
    void aUserThatMayOnlyReadAndWriteRowsIsEnough() throws SQLException {
        try (Fixture owner = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL)) {
            owner.preparedStore();
            owner.preparedInbox();
            Jdbc.execute(
                    owner.dataSource,
                    "CREATE ROLE shop_user",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON posthorn_outbox, posthorn_settled, posthorn_node, posthorn_channel,"
                            + " posthorn_inbox TO shop_user",
                    "GRANT SELECT ON posthorn_version TO shop_user");
            try (EntityManagerFactory factory = Persistence.createEntityManagerFactory(
                    "hibernate", Map.of("jakarta.persistence.nonJtaDataSource", as("shop_user", owner)))) {
                ResourceLocalTransactions transactions = new ResourceLocalTransactions(factory);
                anEventIsStoredAndSettled(transactions);
                anEventIsReceived(transactions);
            }
        }
    }

    private static PGSimpleDataSource as(String role, Fixture owner) throws SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        try (Connection connection = owner.dataSource.getConnection()) {
            dataSource.setURL(connection.getMetaData().getURL());
        }
        dataSource.setUser("postgres");
        dataSource.setOptions("-c role=" + role);
        assertEquals(role, Jdbc.query(dataSource, "SELECT current_user"));
        return dataSource;
    }

    private static void anEventIsStoredAndSettled(ResourceLocalTransactions transactions) {
        JpaEventStore unnamed = new JpaEventStore(transactions, VALIDATE);
        assertEquals(List.of(), unnamed.prepare());
        assertEquals(List.of(), unnamed.tryTransactions());
        StoreById store = new StoreById(unnamed);
        store.unsent(NODE, Events.CHANNEL, 0, Set.of(), Set.of(), 1, 1);
        JpaNodeStore nodes = new JpaNodeStore(transactions, VALIDATE);
        nodes.join(NODE, "name");
        assertTrue(nodes.beat(NODE).isPresent());
        EventEnvelope event = Events.event();
        EventEnvelope dead = Events.event();
        transactions.separately(em -> {
            store.append(NODE, List.of(event, dead));
            return true;
        });
        assertEquals(1, store.markDelivered(NODE, List.of(event.id())));
        assertTrue(store.markDead(NODE, dead.id(), 1, "refused"));
        JpaOperatorStore operators = new JpaOperatorStore(transactions, VALIDATE);
        assertEquals(new Held(1, 0, 0), operators.held(NODE.application(), 10));
        assertTrue(operators.pause(NODE.application(), Events.CHANNEL, "somebody"));
        assertTrue(operators.resume(NODE.application(), Events.CHANNEL));
        List<UUID> ids = List.of(dead.id());
        assertEquals(
                1,
                operators.discard(
                        NODE,
                        ids,
                        Set.of(operators
                                .list(NODE.application(), EventFilter.all().ids(ids), null, 1)
                                .events()
                                .get(0)
                                .state())));
        assertEquals(2, store.clean(NODE, Duration.ZERO, 10));
        nodes.leave(NODE);
    }

    private static void anEventIsReceived(ResourceLocalTransactions transactions) {
        JpaInboxStore inbox = new JpaInboxStore(transactions, VALIDATE);
        assertEquals(List.of(), inbox.prepare());
        assertNotNull(transactions.separately(em -> inbox.admit(Inbox.event())));
        assertEquals(
                1,
                new JpaInboxOperatorStore(transactions, VALIDATE)
                        .counts(Inbox.CONSUMER, ReceivedFilter.all())
                        .size());
    }
}
