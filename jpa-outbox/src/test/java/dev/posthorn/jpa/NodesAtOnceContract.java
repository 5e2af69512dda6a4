package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.statement.Contention;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes do everything at once on one database: nothing fails, is lost, or overtakes. */
abstract class NodesAtOnceContract {

    private static final int NODES = 3;
    private static final int KEYS = 6;
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration ALREADY = Duration.ofSeconds(-1);

    private final Fixture.Provider provider;
    private final TestDatabase database;

    private static final int HEALTHY = 7;

    private volatile boolean draining;
    private Fixture fixture;
    private JpaEventStore store;
    private JpaNodeStore nodes;

    private final AtomicInteger appended = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final Map<String, List<UUID>> sent = new ConcurrentHashMap<>();
    private final Map<String, List<UUID>> written = new ConcurrentHashMap<>();

    NodesAtOnceContract(Fixture.Provider provider, TestDatabase database) {
        this.provider = provider;
        this.database = database;
    }

    @BeforeEach
    void start() {
        fixture = new Fixture(provider, database);
        store = fixture.preparedStore();
        nodes = fixture.nodes(Map.of());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void nothingFailsOrIsLostOrOvertakes() throws Exception {
        List<Callable<?>> joining = new ArrayList<>();
        List<Callable<?>> work = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Node node = new Node("node-" + i, "shop");
            joining.add(() -> {
                nodes.join(node, node.id());
                return node;
            });
            work.add(repeated(node, new Random(i), this::write));
            work.add(repeated(node, new Random(10 + i), this::relay));
            work.add(repeated(node, new Random(20 + i), this::keepHouse));
        }
        run(joining);
        run(work);
        drain(new Node("the last", "shop"));

        assertEquals(appended.get(), gone.get() + count("1 = 1"));
        assertEquals(0, count("state NOT IN (1, 2, 5)"));
        assertTrue(appended.get() > 50, appended::toString);
        written.forEach(this::assertOrder);
    }

    @Test
    void whatIsParkedWhileItsKeyIsReleasedIsReleasedAsWell() throws Exception {
        Node node = new Node("node", "shop");
        nodes.join(node, node.id());
        JpaOperatorStore operators = fixture.operators(Map.of());
        for (int i = 0; i < 100; i++) {
            String key = "parked " + i;
            EventEnvelope dead = Events.event(key, WhenDead.PARK);
            long number = append(node, List.of(dead)).get(0);
            store.markDead(node, CHANNEL, number, 1, "failed");
            append(node, List.of(Events.withKey(key)));
            run(List.of(() -> store.shelve(node, CHANNEL, key, Shelf.PARKED, Set.of()), () -> {
                int released = 0;
                int more = operators.release(node, CHANNEL, key, 100);
                while (more > 0) {
                    released += more;
                    more = operators.release(node, CHANNEL, key, 100);
                }
                return released;
            }));
            assertEquals(0, count("state = 4"), key);
        }
    }

    /** As an application that repeats what Derby has ended, which now and then fails to number rows. */
    private List<Long> append(Node node, List<EventEnvelope> events) {
        while (true) {
            try {
                return fixture.transactions.separately(em -> store.append(node, events));
            } catch (RuntimeException e) {
                if (database != TestDatabase.DERBY || !Contention.ended(e)) {
                    throw e;
                }
            }
        }
    }

    private interface Step {
        void run(Node node, Random random);
    }

    private Callable<?> repeated(Node node, Random random, Step step) {
        return () -> {
            long end = System.nanoTime() + TIME.toNanos();
            while (System.nanoTime() < end) {
                step.run(node, random);
            }
            return node;
        };
    }

    private static void run(List<Callable<?>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<Future<?>> ends = new ArrayList<>();
            work.forEach(each -> ends.add(threads.submit(each)));
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void write(Node node, Random random) {
        List<EventEnvelope> events = IntStream.range(0, 5)
                .mapToObj(i -> random.nextInt(20) == 0
                        ? Events.unordered("key")
                        : Events.event("k" + random.nextInt(KEYS), WhenDead.SKIP))
                .toList();
        append(node, events);
        appended.addAndGet(events.size());
        events.stream().filter(EventEnvelope::ordered).forEach(event -> written.computeIfAbsent(
                        node.id() + "/" + event.key(), key -> new ArrayList<>())
                .add(event.id()));
    }

    private void relay(Node node, Random random) {
        List<StoredEvent> events = store.unsent(node, CHANNEL, 0, Set.of(), Set.of(), 100, Long.MAX_VALUE)
                .events();
        Map<Long, Turn> turns =
                store.turns(node, CHANNEL, events.stream().map(StoredEvent::seq).toList(), Set.of());
        List<Long> delivered = new ArrayList<>();
        for (StoredEvent stored : events) {
            EventEnvelope event = stored.event();
            Turn turn = turns.get(stored.seq());
            if (turn != null && (turn.ahead() == null || delivered.contains(turn.ahead()))) {
                finish(node, random, stored, delivered);
            } else if (turn != null && turn.kind() == Turn.Kind.AFTER_WAITING) {
                store.shelve(node, CHANNEL, String.valueOf(event.key()), Shelf.WAITING, delivered);
            }
        }
        if (random.nextInt(3) == 0) {
            gone.addAndGet(store.removeDelivered(node, CHANNEL, delivered));
        } else {
            store.markDelivered(node, CHANNEL, delivered);
        }
    }

    private void finish(Node node, Random random, StoredEvent stored, List<Long> delivered) {
        EventEnvelope event = stored.event();
        // Each failure puts all that follows away, which takes the longer the more there is.
        switch (draining ? HEALTHY : random.nextInt(HEALTHY + 1)) {
            case 0 ->
                store.markDelayed(node, CHANNEL, stored.seq(), 1, "failed", Duration.ofMillis(random.nextInt(50)));
            case 1 -> store.markDead(node, CHANNEL, stored.seq(), 10, "dead");
            default -> {
                List<UUID> ofKey = sent.computeIfAbsent(String.valueOf(event.key()), key -> new ArrayList<>());
                synchronized (ofKey) {
                    ofKey.add(event.id());
                }
                delivered.add(stored.seq());
            }
        }
    }

    private void keepHouse(Node node, Random random) {
        nodes.beat(node);
        nodes.giveNotice(node);
        nodes.bury(node, Duration.ofMinutes(1));
        store.takeDue(node, CHANNEL, 100);
        store.release(node, CHANNEL, store.waitingKeys(node, CHANNEL, "", 100));
        store.adopt(node, Set.of(CHANNEL));
        if (random.nextInt(10) == 0) {
            store.giveUp(node, CHANNEL);
        }
        gone.addAndGet(store.clean(node, ALREADY, 200));
    }

    private void drain(Node node) {
        draining = true;
        for (int i = 0; i < NODES; i++) {
            nodes.leave(new Node("node-" + i, "shop"));
        }
        nodes.join(node, node.id());
        Random random = new Random();
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (count("state NOT IN (1, 2, 5)") > 0 && System.nanoTime() < end) {
            keepHouse(node, random);
            relay(node, random);
        }
    }

    /** What one node wrote in one key was first sent in the order in which it was written; what died was perhaps not. */
    private void assertOrder(String writerAndKey, List<UUID> order) {
        String key = writerAndKey.substring(writerAndKey.indexOf('/') + 1);
        Set<UUID> first = new LinkedHashSet<>(sent.getOrDefault(key, List.of()));
        first.retainAll(Set.copyOf(order));
        List<UUID> expected = new ArrayList<>(order);
        expected.retainAll(first);
        assertEquals(expected, List.copyOf(first), writerAndKey);
    }

    private int count(String condition) {
        return new Rows(fixture.dataSource).count(condition);
    }
}
