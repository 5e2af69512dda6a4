package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How the store on PostgreSQL copes with a table of millions. By hand, with {@code -Dbacklog=true}; it prints its figures. {@code
 * -Dbacklog.delivered} and {@code -Dbacklog.unsent} say how many rows there are.
 */
@EnabledIfSystemProperty(named = "backlog", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BacklogTest {

    private static final int DELIVERED = Integer.getInteger("backlog.delivered", 10_000_000);
    private static final int UNSENT = Integer.getInteger("backlog.unsent", 1_000_000);
    private static final int KEYS = 100_000;
    private static final int READ_BATCH = 1000;
    private static final int BATCH = 500;
    private static final int KEY_BATCH = 1000;

    private static final String MANY_KEYS = "'k' || i % " + KEYS;

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    private final StoreById store = new StoreById(fixture.preparedStore());
    private long filled;

    @BeforeAll
    void fillWithDelivered() {
        long start = System.nanoTime();
        for (int rest = DELIVERED; rest > 0; rest -= 1_000_000) {
            fill(RowState.DELIVERED, MANY_KEYS, Math.min(rest, 1_000_000));
        }
        print("filled", DELIVERED, start);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    @Order(1)
    void aBacklogIsSent() {
        fill(RowState.UNSENT, MANY_KEYS, UNSENT);
        drain("backlog");
    }

    @Test
    @Order(2)
    void aBacklogIsSentWhileATransactionIsHeldOpen() throws SQLException {
        try (Connection held = holdASnapshot(fixture.dataSource)) {
            fill(RowState.UNSENT, MANY_KEYS, UNSENT);
            drain("backlog, a transaction held open");
            held.rollback();
        }
    }

    @Test
    @Order(3)
    void aBlockedKeyWithAMillionWaitingEventsCostsOthersNothing() {
        EventEnvelope dead = Events.withKey("blocked");
        append(List.of(dead));
        store.markDead(NODE, dead.id(), 10, "dead");
        fill(RowState.WAITING, "'blocked'", UNSENT);
        append(IntStream.range(0, BATCH)
                .mapToObj(i -> Events.withKey("blocked"))
                .toList());

        List<StoredEvent> events = read();
        time("turns behind a blocked key", BATCH, () -> store.turns(NODE, ids(events), Set.of()));
        time("shelve into it", BATCH, () -> store.shelve(NODE, CHANNEL, "blocked", Shelf.WAITING, Set.of()));
        time("list waiting keys", 1, () -> store.waitingKeys(NODE, CHANNEL, "", 100));
        time("release nothing", 1, () -> store.release(NODE, CHANNEL, Set.of("blocked")));
        store.markDelivered(NODE, Set.of(dead.id()));
        long start = System.nanoTime();
        int released = 0;
        while (released < UNSENT + BATCH) {
            store.release(NODE, CHANNEL, Set.of("blocked"));
            List<UUID> ids = ids(read());
            assertTrue(!ids.isEmpty());
            released += store.markDelivered(NODE, ids);
        }
        print("release and mark", released, start);
    }

    /** What the way past the events of topics that take nothing costs, as long as it is, and however many topics there are. */
    @Test
    @Order(4)
    void eventsOfTopicsThatTakeNothingArePassedOver() {
        fill(RowState.UNSENT, MANY_KEYS, UNSENT);
        append(IntStream.range(0, READ_BATCH)
                .mapToObj(i -> Events.onTopic("good"))
                .toList());
        for (int topics : new int[] {1, 1000, 10_000}) {
            Set<String> bad = Stream.concat(
                            Stream.of("t"), IntStream.range(1, topics).mapToObj(i -> "t" + i))
                    .collect(Collectors.toSet());
            for (int i = 0; i < 3; i++) {
                time(
                        "pass over rows of " + topics + " topics",
                        UNSENT,
                        () -> assertEquals(
                                READ_BATCH,
                                store.unsent(NODE, CHANNEL, 0, Set.of(), bad, READ_BATCH, Long.MAX_VALUE)
                                        .events()
                                        .size()));
            }
        }
        Jdbc.execute(fixture.dataSource, "DELETE FROM posthorn_outbox WHERE state = 0");
    }

    /** What each sweep of each node does: looks at all keys with waiting events, of which none can go on. */
    @Test
    @Order(5)
    void aSweepPassesKeysThatAreBlocked() {
        int[] sizes = {100_000, UNSENT};
        int keys = 0;
        for (int size : sizes) {
            int from = keys;
            String key = "'b' || i + " + from;
            fill(RowState.BLOCKING, key, size - from);
            fill(RowState.WAITING, key, size - from);
            keys = Math.max(keys, size);
            for (int i = 0; i < 2; i++) {
                time("sweep over blocked keys", keys, this::sweep);
            }
        }
        Jdbc.execute(fixture.dataSource, "DELETE FROM posthorn_outbox WHERE state IN (3, 6)");
    }

    /** As the relay does it. */
    private void sweep() {
        fixture.recording.takeSql();
        List<String> keys = store.waitingKeys(NODE, CHANNEL, "", KEY_BATCH);
        while (!keys.isEmpty()) {
            assertEquals(keys.size(), store.release(NODE, CHANNEL, keys).size());
            keys = store.waitingKeys(NODE, CHANNEL, keys.get(keys.size() - 1), KEY_BATCH);
        }
        System.out.println("BACKLOG statements of the sweep: " + fixture.recording.size());
    }

    @Test
    @Order(6)
    void cleanUpGoesOnBesideTheOthers() throws Exception {
        print("append and mark, alone", appendAndMark(Duration.ofSeconds(10), new AtomicBoolean()), 10.0);
        AtomicBoolean cleaned = new AtomicBoolean();
        ExecutorService cleaner = Executors.newSingleThreadExecutor();
        long start = System.nanoTime();
        Future<Integer> cleaning = cleaner.submit(() -> {
            int all = 0;
            int some;
            do {
                some = store.clean(NODE, Duration.ofHours(1), 1000);
                all += some;
            } while (some > 0);
            cleaned.set(true);
            return all;
        });
        int appended = appendAndMark(Duration.ofHours(1), cleaned);
        double seconds = seconds(start);
        print("append and mark, beside the clean-up", appended, seconds);
        print("clean-up beside them", cleaning.get(), seconds);
        cleaner.shutdown();
    }

    /** Answers how many events were appended and marked. */
    private int appendAndMark(Duration time, AtomicBoolean end) {
        long start = System.nanoTime();
        int count = 0;
        while (!end.get() && System.nanoTime() - start < time.toNanos()) {
            List<EventEnvelope> events = Events.events(50);
            append(events);
            count += store.markDelivered(NODE, StoreHarness.ids(events));
        }
        return count;
    }

    /** What a relay does with what it finds: reads, asks for turns, marks. */
    private void drain(String label) {
        Runtime.getRuntime().gc();
        long most = 0;
        long start = System.nanoTime();
        long lapStart = start;
        int lap = Math.max(READ_BATCH, UNSENT / 10);
        int done = 0;
        List<StoredEvent> events = read();
        while (!events.isEmpty()) {
            List<UUID> ids = ids(events);
            for (int from = 0; from < ids.size(); from += BATCH) {
                List<UUID> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
                assertEquals(batch.size(), store.turns(NODE, batch, Set.of()).size());
                done += store.markDelivered(NODE, batch);
            }
            most = Math.max(
                    most,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            if (done % lap == 0) {
                print(label + ", up to " + done, lap, lapStart);
                lapStart = System.nanoTime();
            }
            events = readOn(events);
        }
        print(label + ", all (at most " + (most >> 20) + " MB of heap in use)", done, start);
    }

    private List<StoredEvent> read() {
        return readAfter(0);
    }

    /** What is behind these, or whatever there is if nothing is behind them. */
    private List<StoredEvent> readOn(List<StoredEvent> events) {
        List<StoredEvent> next = readAfter(events.get(events.size() - 1).seq());
        return next.isEmpty() ? read() : next;
    }

    private List<StoredEvent> readAfter(long seq) {
        return store.unsent(NODE, CHANNEL, seq, Set.of(), Set.of(), READ_BATCH, Long.MAX_VALUE)
                .events();
    }

    private void append(List<EventEnvelope> events) {
        fixture.transactions.separately(em -> {
            store.append(NODE, events);
            return true;
        });
        fixture.recording.takeSql();
    }

    private void fill(RowState state, String key, int count) {
        Jdbc.execute(fixture.dataSource, Filling.of(NODE, CHANNEL, "t", state, key, filled, count));
        filled += count;
    }

    private static Connection holdASnapshot(DataSource dataSource) throws SQLException {
        Connection held = dataSource.getConnection();
        held.setAutoCommit(false);
        held.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        held.createStatement().execute("SELECT COUNT(*) FROM posthorn_node");
        return held;
    }

    private void time(String label, int count, Runnable work) {
        long start = System.nanoTime();
        work.run();
        print(label, count, start);
    }

    private void print(String label, int count, long start) {
        fixture.recording.takeSql();
        print(label, count, seconds(start));
    }

    private static void print(String label, int count, double seconds) {
        System.out.printf(Locale.ROOT, "BACKLOG %s: %,d in %.3f s, %,.0f/s%n", label, count, seconds, count / seconds);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<UUID> ids(List<StoredEvent> events) {
        return events.stream().map(stored -> stored.event().id()).toList();
    }
}
