package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static dev.posthorn.jpa.StoreHarness.OTHER_NODE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.Floors;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What was delivered since yesterday costs nothing today, on PostgreSQL: however much it is, as many blocks are read, although no vacuum
 * has run, and somebody has held a snapshot open all the time. {@code -Dhot.events} says how many events are delivered.
 */
class HotTableTest {

    private static final int DELIVERED = Integer.getInteger("hot.events", 100_000);
    private static final int BATCH = 1000;
    private static final int ASKED = 25;

    /** How far the floor is behind what was delivered is a matter of chance: up to two batches, whose index entries are walked over. */
    private static final int SPREAD = 200;

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    private final Floors floors = new Floors();
    private JpaEventStore store;
    private JpaOperatorStore operators;
    private long filled;

    @BeforeEach
    void start() {
        fixture.preparedStore();
        store = new JpaEventStore(fixture.transactions, Fixture.config(Map.of()), floors);
        operators = new JpaOperatorStore(fixture.transactions, Fixture.config(Map.of()), floors);
        fixture.nodes(Map.of()).join(NODE, "a");
        fixture.nodes(Map.of()).join(OTHER_NODE, "b");
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_outbox SET (autovacuum_enabled = false)",
                "ALTER TABLE posthorn_settled SET (autovacuum_enabled = false)");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatWasDeliveredOnAHundredKeysCostsNothing() throws SQLException {
        assertNothingIsAdded("'k' || i % 100");
    }

    @Test
    void whatWasDeliveredOnOneKeyCostsNothing() throws SQLException {
        assertNothingIsAdded("'k1'");
    }

    private void assertNothingIsAdded(String key) throws SQLException {
        try (Connection held = holdASnapshot()) {
            deliver(key, 5 * BATCH);
            Map<String, Integer> before = blocks();
            deliver(key, DELIVERED);
            Map<String, Integer> after = blocks();

            System.out.println("HOT " + key + ", blocks before " + before + " and after " + DELIVERED + ": " + after);
            after.forEach((what, blocks) ->
                    assertTrue(blocks <= before.getOrDefault(what, 0) + SPREAD, what + ": " + before + " " + after));
            held.rollback();
        }
    }

    /** Stores and delivers events as a relay does, but for the broker. */
    private void deliver(String key, int events) {
        for (int rest = events; rest > 0; rest -= BATCH) {
            Jdbc.execute(fixture.dataSource, Filling.of(NODE, CHANNEL, "t", RowState.UNSENT, key, filled, BATCH));
            filled += BATCH;
            List<Long> numbers =
                    store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), BATCH, Long.MAX_VALUE).events().stream()
                            .map(StoredEvent::seq)
                            .toList();
            assertEquals(BATCH, store.markDelivered(NODE, CHANNEL, numbers));
        }
    }

    /** What is read for each of the things that a relay does all the time. */
    private Map<String, Integer> blocks() throws SQLException {
        List<EventEnvelope> events =
                IntStream.range(0, ASKED).mapToObj(i -> Events.withKey("k" + i)).toList();
        Map<String, Integer> blocks = new HashMap<>();
        List<Long> numbers = fixture.transactions.separately(em -> store.append(NODE, events));
        fixture.recording.takeExecutions();
        assertEquals(
                Set.of(Turn.NOW),
                Set.copyOf(store.turns(NODE, CHANNEL, numbers, Set.of()).values()));
        blocks.put("turns", read());
        // Now and then a read is from the very beginning, and the next one is not.
        store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 100, Long.MAX_VALUE);
        fixture.recording.takeExecutions();
        assertEquals(
                ASKED,
                store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 100, Long.MAX_VALUE)
                        .events()
                        .size());
        blocks.put("unsent", read());
        assertEquals(Set.of(), store.adopt(OTHER_NODE, Set.of(CHANNEL)));
        blocks.put("adopt", read());
        assertEquals(List.of(), store.waitingKeys(NODE, CHANNEL, "", 100));
        assertEquals(0, store.takeDue(NODE, CHANNEL, 100));
        blocks.put("shelves", read());
        assertEquals(1, operators.backlog(NODE.application()).size());
        operators.held(NODE.application(), 100);
        blocks.put("backlog", read());
        assertEquals(ASKED, store.markDelivered(NODE, CHANNEL, numbers));
        blocks.put("marks", read());
        return blocks;
    }

    /** How many blocks the database reads, cached or not, when it is asked the same again. */
    private int read() throws SQLException {
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int blocks = executions.stream()
                    .mapToInt(each -> each.blocks(connection))
                    .sum();
            connection.rollback();
            return blocks;
        }
    }

    private Connection holdASnapshot() throws SQLException {
        Connection held = fixture.dataSource.getConnection();
        held.setAutoCommit(false);
        held.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        held.createStatement().execute("SELECT COUNT(*) FROM posthorn_node");
        return held;
    }

    /** Whoever has been given a number and has not ended yet must be found when he has. */
    @Test
    void theFloorWaitsForTransactionsThatHaveBeenGivenSmallerNumbers() throws SQLException {
        long lane = Numbers.lane(NODE.application(), CHANNEL);
        deliver("'k1'", 5 * BATCH);
        long floor = floors.of(lane);
        assertTrue(floor > 0, "it has been raised");
        try (Connection early = fixture.dataSource.getConnection()) {
            early.setAutoCommit(false);
            early.createStatement().execute(Filling.of(OTHER_NODE, CHANNEL, "t", RowState.UNSENT, "'k1'", 1 << 30, 1));
            deliver("'k1'", 5 * BATCH);
            long waiting = floors.of(lane);
            early.commit();
            EventEnvelope late = Events.withKey("k1");
            List<Long> number = fixture.transactions.separately(em -> store.append(NODE, List.of(late)));
            Turn turn = Objects.requireNonNull(
                    store.turns(NODE, CHANNEL, number, Set.of()).get(number.get(0)));

            assertEquals(Turn.Kind.AFTER_FOREIGN, turn.kind());
            long ahead = Objects.requireNonNull(turn.ahead());
            assertTrue(ahead >= waiting, () -> turn + " " + waiting);
            deliver("'k2'", 5 * BATCH);
            assertTrue(floors.of(lane) <= ahead, "what is unsent keeps it down");
            store.markDelivered(OTHER_NODE, CHANNEL, List.of(ahead));
            store.markDelivered(NODE, CHANNEL, number);
            deliver("'k2'", 5 * BATCH);
            assertTrue(floors.of(lane) > ahead, () -> String.format(Locale.ROOT, "%s %s", turn, floors.of(lane)));
        }
    }

    /** As when the database ended before a mark was safe on disk. */
    @Test
    void whatIsUnsentAgainBelowTheFloorIsFoundInTime() {
        deliver("'k1'", 5 * BATCH);
        assertTrue(floors.of(Numbers.lane(NODE.application(), CHANNEL)) > 1);
        Jdbc.execute(
                fixture.dataSource,
                Filling.of(NODE, CHANNEL, "t", RowState.UNSENT, "'lost'", 1 << 30, 1),
                "UPDATE posthorn_outbox SET seq = 1 WHERE event_key = 'lost'");

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            // A read that goes on behind another one is none from the beginning.
            store.unsent(NODE, CHANNEL, Long.MAX_VALUE - 1, Set.of(), Set.of(), 10, Long.MAX_VALUE);
            return !store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, Long.MAX_VALUE)
                    .events()
                    .isEmpty();
        });
    }

    /** An acknowledgement may come late, just while the event is taken back to be sent again: then it need not be. */
    @Test
    void whatComesBackWhileItIsMarkedIsMarked() throws Exception {
        List<Long> numbers = fixture.transactions.separately(em -> store.append(NODE, List.of(Events.event())));
        store.markDelayed(NODE, CHANNEL, numbers.get(0), 1, "failed", Duration.ofHours(1));
        try (Connection taking = fixture.dataSource.getConnection()) {
            taking.setAutoCommit(false);
            taking.createStatement()
                    .execute("UPDATE posthorn_outbox SET state = 0, shelf_order = 0, owner = " + -Numbers.owner(NODE));
            CompletableFuture<Integer> marked =
                    CompletableFuture.supplyAsync(() -> store.markDelivered(NODE, CHANNEL, numbers));
            await().until(() ->
                    "t".equals(Jdbc.query(fixture.dataSource, "SELECT COUNT(*) > 0 FROM pg_locks WHERE NOT granted")));
            taking.commit();

            assertEquals(1, marked.get(30, TimeUnit.SECONDS));
            assertEquals("0", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_outbox"));
        }
    }

    /** What comes back from where it was put away has a number below the floor. */
    @Test
    void whatWasPutAwayIsFoundBelowTheFloor() {
        List<EventEnvelope> events = Stream.generate(Events::event).limit(3).toList();
        List<Long> numbers = fixture.transactions.separately(em -> store.append(NODE, events));
        store.markDelayed(NODE, CHANNEL, numbers.get(0), 1, "failed", Duration.ofHours(-1));
        store.shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());
        deliver("'k1'", 10 * BATCH);
        assertTrue(floors.of(Numbers.lane(NODE.application(), CHANNEL)) > numbers.get(2));

        assertEquals(1, store.takeDue(NODE, CHANNEL, 10));
        assertEquals(Set.of("key"), store.release(NODE, CHANNEL, Set.of("key")));
        List<Long> last = fixture.transactions.separately(em -> store.append(NODE, List.of(Events.event())));
        assertEquals(
                new Turn(numbers.get(2), Turn.Kind.AFTER_WAITING),
                store.turns(NODE, CHANNEL, last, Set.of()).get(last.get(0)));
        assertEquals(1, store.markDelivered(NODE, CHANNEL, numbers.subList(0, 1)));
        assertEquals(Set.of(), store.release(NODE, CHANNEL, Set.of("key")));
        assertEquals(
                new Turn(numbers.get(2), Turn.Kind.AFTER_OWN),
                store.turns(NODE, CHANNEL, last, Set.of()).get(last.get(0)));
        assertEquals(
                List.of(numbers.get(1), numbers.get(2), last.get(0)),
                store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, Long.MAX_VALUE).events().stream()
                        .map(StoredEvent::seq)
                        .toList());
    }
}
