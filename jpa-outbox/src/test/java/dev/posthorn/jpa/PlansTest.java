package dev.posthorn.jpa;

import static dev.posthorn.jpa.EventStoreContract.NODE;
import static dev.posthorn.jpa.EventStoreContract.OTHER_NODE;
import static dev.posthorn.jpa.Events.CHANNEL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How PostgreSQL executes what the store asks, on 100 000 delivered events: by index, although its statistics are those of an empty
 * table, as in a burst after the installation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansTest {

    private static final String PRIMARY_KEY = "posthorn_outbox_pkey";
    private static final String UNSENT = "posthorn_outbox_unsent";
    private static final String DELIVERED = "posthorn_outbox_delivered";

    private static final String DELIVERED_LONG_AGO =
            """
            INSERT INTO posthorn_outbox (id, application, owner, state, channel, topic, ordered, type, source, event_time,
                content_type, headers, payload, created_at, settled_at)
            SELECT gen_random_uuid(), 'shop', 'node-1', 1, 'orders', 't', 1, 't', 's', '2026-01-01T00:00:00Z', 'c', '', '', i, i
            FROM generate_series(1, 100000) i
            """;

    private static final String LEFT_BY_THE_DEAD =
            """
            UPDATE posthorn_outbox SET owner = 'dead', state = 0 WHERE settled_at <= 100
            """;

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    private final JpaEventStore store = fixture.preparedStore();

    @BeforeAll
    void fill() {
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_outbox SET (autovacuum_enabled = false)",
                "ANALYZE posthorn_outbox",
                DELIVERED_LONG_AGO,
                LEFT_BY_THE_DEAD);
        fixture.nodes(Map.of()).join(NODE, "a");
        fixture.recording.takeSql();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void whatIsUnsentIsFoundInItsIndexAndReadById() throws SQLException {
        append(Events.events(200));
        assertEquals(
                100,
                store.unsent(NODE, CHANNEL, Set.of(), 100, Long.MAX_VALUE)
                        .events()
                        .size());

        assertPlansUse(UNSENT, PRIMARY_KEY);
    }

    @Test
    void marksFindTheirRowsById() throws SQLException {
        List<UUID> ids = EventStoreContract.ids(append(Events.events(200)));
        assertTrue(store.markDelayed(NODE, ids.get(0), 1, "failed", java.time.Duration.ofSeconds(60)));
        assertTrue(store.markDead(NODE, ids.get(0), 2, "failed"));
        assertEquals(99, store.markDelivered(NODE, ids.subList(1, 100)));
        assertEquals(100, store.removeDelivered(NODE, ids.subList(100, 200)));

        assertPlansUse(PRIMARY_KEY, PRIMARY_KEY, PRIMARY_KEY, PRIMARY_KEY);
    }

    @Test
    void adoptionFindsOwnersAndTheirEventsInTheIndex() throws SQLException {
        append(Events.events(1));
        assertEquals(Set.of(CHANNEL), store.adopt(OTHER_NODE, Set.of(CHANNEL)));

        // the owners: dead, the living one, no more; the end of a batch, the batch, no more
        assertPlansUse(UNSENT, UNSENT, UNSENT, UNSENT, UNSENT, UNSENT);
    }

    @Test
    void cleanUpFindsWhatItDeletesInItsIndex() throws SQLException {
        assertEquals(100, store.clean(NODE, Duration.ofHours(1), 100));

        assertPlansUse(DELIVERED, PRIMARY_KEY);
    }

    private List<EventEnvelope> append(List<EventEnvelope> events) {
        fixture.transactions.separately(em -> {
            store.append(NODE, events);
            return true;
        });
        fixture.recording.takeSql();
        return events;
    }

    /** One index for each statement that was executed. */
    private void assertPlansUse(String... indexes) throws SQLException {
        List<String> plans = plans();
        assertEquals(indexes.length, plans.size(), plans::toString);
        for (int i = 0; i < indexes.length; i++) {
            String plan = plans.get(i);
            assertTrue(plan.contains(indexes[i]), () -> plan);
            assertFalse(plan.contains("Seq Scan on posthorn_outbox"), plan);
            assertFalse(plan.contains("Sort Key"), plan);
        }
    }

    private List<String> plans() throws SQLException {
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection()) {
            return executions.stream()
                    .filter(execution -> execution.sql().contains("posthorn_outbox"))
                    .map(execution -> execution.explain(connection))
                    .toList();
        }
    }
}
