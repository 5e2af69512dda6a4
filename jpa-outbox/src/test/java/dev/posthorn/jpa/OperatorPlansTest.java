package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How PostgreSQL executes what operators and health checks ask, beside 100 000 delivered events: by index, although its statistics
 * are those of an empty table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorPlansTest {

    private static final String SHOP = "shop";
    private static final Set<EventState> ALL = EnumSet.allOf(EventState.class);

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    private final JpaOperatorStore store = fixture.operators(Map.of());

    @BeforeAll
    void fill() {
        fixture.preparedStore().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 1, 1);
        fixture.nodes(Map.of()).join(NODE, "a");
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_outbox SET (autovacuum_enabled = false)",
                "ALTER TABLE posthorn_settled SET (autovacuum_enabled = false)",
                "ANALYZE posthorn_outbox",
                "ANALYZE posthorn_settled",
                filling(RowState.DELIVERED, 0, 100_000),
                filling(RowState.UNSENT, 200_000, 100_000));
        for (RowState state :
                List.of(RowState.DEAD, RowState.WAITING, RowState.PARKED, RowState.BLOCKING, RowState.DELAYED)) {
            Jdbc.execute(fixture.dataSource, filling(state, 400_000 + 1000 * state.code(), 100));
        }
        fixture.recording.takeSql();
    }

    private static String filling(RowState state, int from, int count) {
        return Filling.of(NODE, CHANNEL, "t", state, "'k' || i % 10", from, count);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void undeliveredEventsAreListedAndCountedBesideTheDeliveredOnes() throws SQLException {
        EventPage first = store.list(SHOP, EventFilter.undelivered(), null, 150);
        store.list(SHOP, EventFilter.undelivered(), first.next().orElseThrow(), 450);
        store.counts(SHOP, EventFilter.undelivered());

        assertByIndex();
    }

    /** States that are none have no index of their own, which each insert would pay for. */
    @Test
    void statesThatAreNoneAreFoundByIndex() throws SQLException {
        EventFilter unknown = EventFilter.all().states(EventState.UNKNOWN);
        store.list(SHOP, unknown, null, 10);
        store.counts(SHOP, unknown);

        for (String plan : assertByIndex()) {
            assertTrue(plan.contains("posthorn_outbox_state"), plan);
        }
    }

    @Test
    void pagesOfDeliveredEventsAreReadInTheOrderOfTheirIndex() throws SQLException {
        EventFilter delivered = EventFilter.all().states(EventState.DELIVERED);
        EventPage first = store.list(SHOP, delivered, null, 100);
        store.list(SHOP, delivered, first.next().orElseThrow(), 100);
        store.list(SHOP, delivered.settled(Instant.ofEpochMilli(5000), Instant.ofEpochMilli(6000)), null, 100);

        for (String plan : assertByIndex()) {
            boolean bounded = plan.contains("settled_at <=") && plan.contains("(settled_at <= '");
            assertTrue(bounded || !plan.contains("Sort"), plan);
        }
    }

    @Test
    void theBacklogIsFoundByJumps() throws SQLException {
        assertEquals(1, store.backlog(SHOP).size());

        for (String plan : assertByIndex()) {
            assertFalse(plan.contains("Sort"), plan);
        }
    }

    @Test
    void whatIsHeldUpIsCountedByIndex() throws SQLException {
        assertTrue(store.held(SHOP, 10).dead() > 0);

        assertByIndex();
    }

    @Test
    void changesFindTheirRowsById() throws SQLException {
        List<UUID> dead = uuids(store.list(SHOP, EventFilter.all().states(EventState.DEAD), null, 10));
        List<UUID> delivered = uuids(store.list(SHOP, EventFilter.all().states(EventState.DELIVERED), null, 10));
        store.skip(NODE, dead, ALL);
        store.discard(NODE, dead.subList(0, 2), ALL);
        store.requeue(NODE, dead.subList(2, 4), ALL);
        store.sendAgain(NODE, delivered.subList(0, 2));
        Map<UUID, UUID> copies = new HashMap<>();
        delivered.subList(2, 4).forEach(id -> copies.put(id, UUID.randomUUID()));
        store.copy(NODE, copies);
        store.find(SHOP, dead.get(0));

        assertByIndex();
    }

    @Test
    void keysAreParkedAndReleasedByIndex() throws SQLException {
        assertEquals(5, store.park(NODE, CHANNEL, "k1", 5));
        assertTrue(store.release(NODE, CHANNEL, "k1", 5) > 0);

        for (String plan : assertByIndex()) {
            assertFalse(plan.contains("Sort"), plan);
        }
    }

    private static List<UUID> uuids(EventPage page) {
        return page.events().stream().map(EventSummary::id).toList();
    }

    private List<String> assertByIndex() throws SQLException {
        List<String> plans = plans();
        assertFalse(plans.isEmpty());
        for (String plan : plans) {
            assertFalse(plan.contains("Seq Scan on posthorn_outbox"), plan);
        }
        return plans;
    }

    private List<String> plans() throws SQLException {
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection()) {
            return executions.stream()
                    .filter(execution -> (execution.sql().contains("posthorn_outbox")
                                    || execution.sql().contains("posthorn_settled"))
                            && !execution.sql().startsWith("INSERT")
                            && !execution.sql().startsWith("CREATE"))
                    .map(execution -> execution.sql() + execution.explain(connection))
                    .toList();
        }
    }
}
