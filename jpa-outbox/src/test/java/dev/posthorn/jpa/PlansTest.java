package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static dev.posthorn.jpa.StoreHarness.OTHER_NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How PostgreSQL executes what the store asks, beside 100 000 unsent events and 100 000 that wait: by index, although its statistics are
 * those of an empty table, as in a burst after the installation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansTest {

    private static final String PRIMARY_KEY = "posthorn_outbox_pkey";
    private static final String TURN = "posthorn_outbox_turn";
    private static final String SHELF = "posthorn_outbox_shelf";
    private static final String STATE = "posthorn_outbox_state";
    private static final String SETTLED = "posthorn_settled_pkey";

    private static final Pattern INDEX = Pattern.compile("(?<=using )posthorn_\\w+");

    /** As a plan calls the step, not what merges sorted parts. */
    private static final String SORT = "Sort  (";

    private static final int MANY = 100_000;
    private static final Node BESIDE = new Node("node-8", "shop");

    private static final String UNSENT_BESIDE =
            Filling.of(BESIDE, CHANNEL, "t", RowState.UNSENT, "'beside' || i % 10", 0, MANY);

    private static final String WAITING_BESIDE =
            Filling.of(BESIDE, "invoices", "t", RowState.WAITING, "'waiting' || i % 10", MANY, MANY);

    private static final String DELIVERED_LONG_AGO =
            Filling.of(NODE, CHANNEL, "t", RowState.DELIVERED, "'key'", 0, MANY);

    private static final String LEFT_BY_THE_DEAD =
            Filling.of(new Node("dead", "shop"), CHANNEL, "t", RowState.UNSENT, "'left' || i", 2 * MANY, 100);

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    private final StoreById store = new StoreById(fixture.preparedStore());

    @BeforeAll
    void fill() {
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_outbox SET (autovacuum_enabled = false)",
                "ALTER TABLE posthorn_settled SET (autovacuum_enabled = false)",
                "ANALYZE posthorn_outbox",
                "ANALYZE posthorn_settled",
                UNSENT_BESIDE,
                WAITING_BESIDE,
                DELIVERED_LONG_AGO,
                LEFT_BY_THE_DEAD);
        fixture.nodes(Map.of()).join(NODE, "a");
        fixture.nodes(Map.of()).join(BESIDE, "b");
        store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 1, 1);
        fixture.recording.takeSql();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void whatIsUnsentIsFoundInTheOrderOfItsNumbers() throws SQLException {
        Node node = new Node("node-6", "shop");
        append(node, Events.events(200));
        assertEquals(
                100,
                store.unsent(node, CHANNEL, 0, Set.of(), Set.of(), 100, Long.MAX_VALUE)
                        .events()
                        .size());

        assertPlansUse(PRIMARY_KEY, PRIMARY_KEY);
    }

    /** With a look at the other nodes, and no plan chosen: on a table of a few rows any plan will do. */
    @Test
    void aBeatIsOneStatement() {
        assertTrue(fixture.nodes(Map.of()).beat(NODE).isPresent());

        assertEquals(1, fixture.recording.takeSql().size());
    }

    /** Also where the way along the index seems long, as statistics may make it, and as it is said here. */
    @Test
    void aBacklogIsNotSortedForEachReadOfAPartOfIt() throws SQLException {
        append(Events.events(200));
        store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 100, Long.MAX_VALUE);
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL enable_indexscan = off");
            statement.execute(executions.get(0).sql());

            String plan = executions.get(1).explain(connection);

            assertEquals(Set.of(PRIMARY_KEY), indexesOf(plan), plan);
            assertFalse(plan.contains(SORT), plan);
        }
    }

    /** 100 000 events of a topic that takes nothing are in front of 1000 others: one way along the index, and no sort. */
    @Test
    void topicsThatTakeNothingArePassedOverInOneScanAlongTheIndex() throws SQLException {
        Node node = new Node("node-7", "bazaar");
        Jdbc.execute(fixture.dataSource, Filling.of(node, CHANNEL, "bad", RowState.UNSENT, "'k' || i", 3 * MANY, MANY));
        append(node, Events.events(1000));
        Set<String> topics = Stream.concat(
                        Stream.of("bad"), IntStream.range(0, 5000).mapToObj(i -> "other-" + i))
                .collect(Collectors.toSet());

        assertEquals(
                1000,
                store.unsent(node, CHANNEL, 0, Set.of(), topics, 1000, Long.MAX_VALUE)
                        .events()
                        .size());

        assertPlansUse(PRIMARY_KEY, PRIMARY_KEY);
    }

    @Test
    void marksFindTheirRowsByNumber() throws SQLException {
        List<UUID> ids = StoreHarness.ids(append(Events.events(200)));
        assertTrue(store.markDelayed(NODE, ids.get(0), 1, "failed", Duration.ofSeconds(60)));
        assertTrue(store.markDead(NODE, ids.get(1), 2, "failed"));
        assertEquals(98, store.markDelivered(NODE, ids.subList(2, 100)));
        assertEquals(100, store.removeDelivered(NODE, ids.subList(100, 200)));

        assertPlansUse(PRIMARY_KEY, PRIMARY_KEY, PRIMARY_KEY, PRIMARY_KEY);
    }

    @Test
    void adoptionFindsOwnersAndTheirEventsInTheIndex() throws SQLException {
        append(Events.events(1));
        assertEquals(Set.of(CHANNEL), store.adopt(OTHER_NODE, Set.of(CHANNEL)));

        // between the living: the dead; no more; a batch of each
        assertPlans(Collections.nCopies(fixture.recording.sizeOf("posthorn_outbox"), Set.of(PRIMARY_KEY)));
    }

    @Test
    void whatIsGivenUpIsFoundInTheIndex() throws SQLException {
        Node givingUp = new Node("node-9", "shop");
        append(givingUp, Events.events(200));
        assertEquals(200, store.giveUp(givingUp, CHANNEL));

        // what was never put away, and what was
        assertPlansUse(PRIMARY_KEY, PRIMARY_KEY, PRIMARY_KEY);
    }

    @Test
    void turnsAreLooksAtTheEndsOfIndexes() throws SQLException {
        List<UUID> ids = StoreHarness.ids(append(Events.events(500)));
        List<UUID> delivered = Stream.generate(UUID::randomUUID).limit(1000).toList();
        assertEquals(500, store.turns(NODE, ids, delivered).size());

        assertPlans(Set.of(PRIMARY_KEY, TURN, SHELF));
    }

    /** Otherwise it would be a look through all that waits in the application. */
    @Test
    void turnsAreLooksAtTheEndsOfIndexesAlsoWithStatisticsOfATableWhereNothingWaits() throws SQLException {
        try (Connection connection = fixture.dataSource.getConnection()) {
            connection.createStatement().execute("ANALYZE posthorn_outbox");
            turnsAreLooksAtTheEndsOfIndexes();
        }
    }

    @Test
    void thePlanOfTurnsThatWasMadeForATinyTableMayBeKept() throws SQLException {
        withKeptPlan(TURNS, statement -> {
            assertKeptPlan(TURNS, statement, PRIMARY_KEY, TURN, SHELF);
            statement.execute(UNSENT_BESIDE);
            statement.execute(WAITING_BESIDE);
            assertKeptPlan(TURNS, statement, PRIMARY_KEY, TURN, SHELF);
        });
    }

    /** To make it takes longer than to mark. */
    @Test
    void thePlanOfMarksThatWasMadeForATinyTableMayBeKept() throws SQLException {
        for (Kept mark : List.of(DELIVERED, REMOVED)) {
            withKeptPlan(mark, statement -> {
                assertKeptPlan(mark, statement, PRIMARY_KEY);
                statement.execute(UNSENT_BESIDE);
                statement.execute(WAITING_BESIDE);
                assertKeptPlan(mark, statement, PRIMARY_KEY);
            });
        }
    }

    /** With statistics of the wrong moment it would be taken, and gone through from end to end for each event. */
    @Test
    void noOtherPartialIndexCanStandInForThoseOfTheKeys() throws SQLException {
        withKeptPlan(TURNS, statement -> {
            statement.execute("DROP INDEX " + String.join(", ", TURN, SHELF));
            String plan = keptPlan(TURNS, statement);
            assertEquals(Set.of(PRIMARY_KEY), indexesOf(plan), plan);
        });
    }

    private interface Check {
        void of(Statement statement) throws SQLException;
    }

    /**
     * A statement whose plan is kept.
     *
     * @param values what it is executed with
     */
    private record Kept(Consumer<JpaEventStore> call, String types, String values) {}

    private static final Kept TURNS = new Kept(
            store -> store.turns(NODE, CHANNEL, List.of(1L), List.of()),
            "bigint, text, text, bigint, bigint, text",
            "0, '{}', '{}', 1, 1, '{}'");

    private static final Kept DELIVERED =
            new Kept(store -> store.markDelivered(NODE, CHANNEL, List.of(1L)), "bigint, bigint, text", "1, 1, '{}'");

    private static final Kept REMOVED =
            new Kept(store -> store.removeDelivered(NODE, CHANNEL, List.of(1L)), "bigint, bigint, text", "1, 1, '{}'");

    /** Prepares the statement in a table that has next to nothing. */
    private static void withKeptPlan(Kept kept, Check check) throws SQLException {
        try (Fixture tiny = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL)) {
            JpaEventStore ofTiny = tiny.preparedStore();
            tiny.transactions.separately(em -> {
                ofTiny.append(NODE, Events.events(3));
                return true;
            });
            tiny.recording.takeExecutions();
            kept.call.accept(ofTiny);
            List<String> sql = tiny.recording.takeExecutions().stream()
                    .map(RecordingDataSource.Execution::sql)
                    .toList();
            try (Connection connection = tiny.dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("ANALYZE posthorn_outbox");
                statement.execute(sql.get(0));
                statement.execute("PREPARE kept(" + kept.types + ") AS " + numbered(sql.get(1)));
                check.of(statement);
            }
        }
    }

    private static String numbered(String sql) {
        AtomicInteger count = new AtomicInteger();
        return Pattern.compile("\\?").matcher(sql).replaceAll(mark -> "\\$" + count.incrementAndGet());
    }

    private static void assertKeptPlan(Kept kept, Statement statement, String... indexes) throws SQLException {
        String plan = keptPlan(kept, statement);
        assertTrue(plan.contains("$"), () -> "a plan for any values: " + plan);
        assertEquals(Set.of(indexes), indexesOf(plan), plan);
        assertFalse(plan.contains("Seq Scan"), plan);
    }

    private static String keptPlan(Kept kept, Statement statement) throws SQLException {
        statement.execute("EXPLAIN EXECUTE kept(" + kept.values + ")");
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = statement.getResultSet()) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    @Test
    void whatIsShelvedIsFoundByItsKey() throws SQLException {
        append(List.of(Events.withKey("shelved")));
        assertEquals(1, store.shelve(NODE, CHANNEL, "shelved", Shelf.WAITING, List.of()));
        assertPlansUse(TURN, SHELF, PRIMARY_KEY);

        EventEnvelope dead =
                append(List.of(Events.event("parked", WhenDead.PARK))).get(0);
        store.markDead(NODE, dead.id(), 10, "dead");
        append(List.of(Events.withKey("parked")));
        assertEquals(1, store.shelve(NODE, CHANNEL, "parked", Shelf.PARKED, List.of()));
        assertPlansUse(SHELF, PRIMARY_KEY, TURN, SHELF, PRIMARY_KEY);
    }

    @Test
    void whatIsDueIsFoundInItsIndex() throws SQLException {
        List<UUID> ids = StoreHarness.ids(append(Events.events(1)));
        store.markDelayed(NODE, ids.get(0), 1, "failed", Duration.ofSeconds(-1));
        fixture.recording.takeSql();
        assertEquals(1, store.takeDue(NODE, CHANNEL, 100));

        assertPlansUse(STATE, PRIMARY_KEY);
    }

    @Test
    void waitingKeysAndTheirEventsAreFoundInTheirIndex() throws SQLException {
        append(List.of(Events.withKey("short")));
        append(IntStream.range(0, 300).mapToObj(i -> Events.withKey("long")).toList());
        store.shelve(NODE, CHANNEL, "long", Shelf.WAITING, List.of());
        store.shelve(NODE, CHANNEL, "short", Shelf.WAITING, List.of());
        fixture.recording.takeSql();
        assertEquals(2, store.waitingKeys(NODE, CHANNEL, "", 100).size());
        assertPlans(Collections.nCopies(fixture.recording.size() - 1, Set.of(STATE)));

        assertEquals(Set.of(), store.release(NODE, CHANNEL, List.of("long", "unknown", "short")));
        assertPlans(List.of(
                Set.of(STATE, TURN, SHELF),
                Set.of(STATE),
                Set.of(SHELF),
                Set.of(STATE),
                Set.of(PRIMARY_KEY),
                Set.of(STATE, TURN, SHELF)));
    }

    @Test
    void cleanUpFindsWhatItDeletesInItsIndex() throws SQLException {
        assertEquals(400, store.clean(NODE, Duration.ofHours(1), 400));

        assertPlansUse(SETTLED);
    }

    private List<EventEnvelope> append(List<EventEnvelope> events) {
        return append(NODE, events);
    }

    private List<EventEnvelope> append(Node owner, List<EventEnvelope> events) {
        fixture.transactions.separately(em -> {
            store.append(owner, events);
            return true;
        });
        fixture.recording.takeSql();
        return events;
    }

    /** One index for each statement that was executed. */
    private void assertPlansUse(String... indexes) throws SQLException {
        assertPlans(Stream.of(indexes).map(Set::of).toList());
    }

    /** The indexes of the only statement that was executed. */
    private void assertPlans(Set<String> indexes) throws SQLException {
        assertPlans(List.of(indexes));
    }

    /** The indexes of each statement that was executed. */
    private void assertPlans(List<Set<String>> indexes) throws SQLException {
        List<String> plans = plans();
        assertEquals(indexes.size(), plans.size(), plans::toString);
        for (int i = 0; i < plans.size(); i++) {
            String plan = plans.get(i);
            assertEquals(indexes.get(i), indexesOf(plan), () -> plan);
            assertFalse(plan.contains("Seq Scan on posthorn_"), plan);
            assertFalse(plan.contains(SORT), plan);
        }
    }

    private static Set<String> indexesOf(String plan) {
        return INDEX.matcher(plan).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private List<String> plans() throws SQLException {
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection()) {
            return executions.stream()
                    .filter(execution -> execution.sql().contains("posthorn_outbox")
                            || execution.sql().contains("posthorn_settled"))
                    .map(execution -> execution.explain(connection))
                    .toList();
        }
    }
}
