package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.CHANNEL;
import static dev.posthorn.jpa.Inbox.CONSUMER;
import static dev.posthorn.jpa.Inbox.message;
import static java.util.Collections.synchronizedList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.operate.JpaInboxOperatorStore;
import dev.posthorn.jpa.statement.Contention;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.spi.ContentionException;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.InboxStore.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes receive and handle at once on one database, in one isolation level. */
abstract class InboxAtOnceContract {

    private static final int NODES = 3;
    private static final int KEYS = 2;
    private static final int ROUNDS = 40;
    private static final int RECEIVED = 40;
    private static final int INTERVENTIONS = 15;

    private final Fixture.Provider provider;
    private final TestDatabase database;
    private final int isolation;

    private Fixture fixture;
    private JpaInboxStore store;
    private JpaInboxOperatorStore operators;

    private final Map<String, List<InboxId>> received = new ConcurrentHashMap<>();
    private final Map<String, List<InboxId>> handled = new ConcurrentHashMap<>();

    InboxAtOnceContract(Fixture.Provider provider, TestDatabase database, int isolation) {
        this.provider = provider;
        this.database = database;
        this.isolation = isolation;
    }

    @BeforeEach
    void start() {
        fixture = new Fixture(provider, database, isolation);
        store = fixture.preparedInbox();
        operators = fixture.inboxOperators(Map.of());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** Also if the one that was first fails in the end, and while other events of the channel arrive. */
    @Test
    void whatArrivesSeveralTimesAtOnceIsNewOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            InboxEvent event = event(round % 2 == 0 ? null : "key");
            boolean firstFails = round % 3 == 0;
            CyclicBarrier start = new CyclicBarrier(NODES);
            List<Callable<Admission>> arrivals = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                boolean fails = firstFails && node == 0;
                arrivals.add(() -> {
                    start.await();
                    admit(event(null));
                    return fails ? admitAndFail(event) : admit(event);
                });
            }
            List<Admission> answers = run(arrivals);
            assertEquals(1, answers.stream().filter(Admission.NEW::equals).count(), answers::toString);
            assertEquals(Admission.KNOWN, admit(event));
        }
    }

    /** Also when one arrives here, failed there, and is kept by both. */
    @Test
    void whatIsAdmittedAndKeptAtOnceIsOneOrTheOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            InboxEvent event = event(round % 2 == 0 ? null : "key" + round);
            CyclicBarrier start = new CyclicBarrier(NODES);
            List<Callable<Boolean>> arrivals = new ArrayList<>();
            arrivals.add(() -> {
                start.await();
                return admit(event) == Admission.NEW;
            });
            for (int node = 1; node < NODES; node++) {
                arrivals.add(() -> {
                    start.await();
                    return keep(event, Duration.ZERO) != Kept.KNOWN;
                });
            }
            assertEquals(1, run(arrivals).stream().filter(taken -> taken).count());
        }
    }

    @Test
    void ofTwoKeptAtOnceOneIsDue() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key" + round;
            CyclicBarrier start = new CyclicBarrier(NODES);
            List<Callable<Kept>> arrivals = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                arrivals.add(() -> {
                    start.await();
                    return keep(event(key), Duration.ZERO);
                });
            }
            List<Kept> answers = run(arrivals);
            assertEquals(1, answers.stream().filter(Kept.DUE::equals).count(), answers::toString);
            assertEquals(2, answers.stream().filter(Kept.WAITING::equals).count(), answers::toString);
        }
    }

    @Test
    void releasesAtOnceLetOneGoOn() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key" + round;
            keep(event(key), Duration.ZERO);
            keep(event(key), Duration.ZERO);
            keep(event(key), Duration.ZERO);
            finish(due().get(0));
            CyclicBarrier start = new CyclicBarrier(NODES);
            List<Callable<Boolean>> releases = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                releases.add(() -> {
                    start.await();
                    return release(key);
                });
            }
            List<Boolean> answers = run(releases);
            assertEquals(1, answers.stream().filter(released -> released).count(), answers::toString);
            finish(due().get(0));
            assertTrue(release(key));
            finish(due().get(0));
        }
    }

    /** Nobody sweeps here: who ends an entry, and who keeps one that waits, releases, and that must do. */
    @Test
    void noKeyIsStuckNorOutOfOrderNorHandledTwice() throws Exception {
        run(receiving(RECEIVED, this::handleDue));
        Random healthy = new Random();
        while (count("state IN (0, 7)") > 0) {
            due().forEach(due -> handle(due, healthy, false));
        }

        assertEquals(List.of(), store.waitingKeys(CONSUMER, CHANNEL, "", 100));
        assertEquals(0, count("state <> 1"));
        assertEquals(received, handled);
    }

    /** Operators hold keys back and let them go on, requeue what is dead and discard something, while nodes handle and fail. */
    @Test
    void whatOperatorsDoAtOnceNeitherLosesNorRepeatsNorReordersAnything() throws Exception {
        List<Callable<Boolean>> work =
                receiving(INTERVENTIONS, random -> due().forEach(due -> handleOrDie(due, random)));
        for (int i = 0; i < 2; i++) {
            Random random = new Random(20 + i);
            work.add(() -> {
                for (int intervention = 0; intervention < INTERVENTIONS; intervention++) {
                    intervene(random);
                }
                return true;
            });
        }
        run(work);
        for (String key : received.keySet()) {
            again(() -> operators.release(CONSUMER, CHANNEL, key, 1000));
        }
        do {
            requeueDead();
            received.keySet().forEach(this::release);
            due().forEach(due -> handle(due, new Random(), false));
        } while (count("state NOT IN (1, 5)") > 0);

        Set<InboxId> discarded = all(ReceivedFilter.all().states(ReceivedState.DISCARDED));
        received.forEach((key, ids) -> {
            List<InboxId> expected =
                    ids.stream().filter(id -> !discarded.contains(id)).toList();
            assertEquals(expected, handled.getOrDefault(key, List.of()), key);
        });
    }

    /** Whichever node is slow: nothing is made up for while it is being done, nor done after it was made up for. */
    @Test
    void hangingAStepIsNotMadeUpForWhileItIsTakenAndNotTakenAfterwards() throws Exception {
        InboxEvent event = event("key");
        keep(event, Duration.ZERO);
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch madeUpFor = new CountDownLatch(1);

        List<Boolean> answers = run(List.of(
                () -> fixture.transactions.separately(em -> {
                    boolean isOurs = store.claim(event.id(), 0);
                    claimed.countDown();
                    return isOurs
                            && !isDoneSoon(madeUpFor)
                            && store.advance(event.id(), 0, List.of("slow"), Duration.ZERO);
                }),
                () -> {
                    claimed.await();
                    boolean isBegun = again(() -> store.compensate(event.id(), 0, "given up"));
                    madeUpFor.countDown();
                    return isBegun;
                }));

        assertEquals(List.of(true, false), answers);
        assertTrue(store.compensate(event.id(), 1, "given up"));
        assertEquals(false, fixture.transactions.separately(em -> store.claim(event.id(), 1)));
    }

    /** What nodes do that receive this many events each, and handle them for as long as some node still receives. */
    private List<Callable<Boolean>> receiving(int events, Consumer<Random> handling) {
        CountDownLatch receiving = new CountDownLatch(NODES);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            int node = i;
            work.add(() -> {
                Random random = new Random(node);
                try {
                    for (int event = 0; event < events; event++) {
                        receive("node-" + node + "/" + random.nextInt(KEYS), random);
                    }
                } finally {
                    receiving.countDown();
                }
                return true;
            });
            work.add(() -> {
                Random random = new Random(10 + node);
                while (receiving.getCount() > 0) {
                    handling.accept(random);
                }
                return true;
            });
        }
        return work;
    }

    private static boolean isDoneSoon(CountDownLatch done) {
        try {
            return done.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handleOrDie(Due due, Random random) {
        if (random.nextInt(3) > 0) {
            handle(due, random, random.nextInt(4) == 0);
        } else if (again(() -> store.bury(due.id(), due.version(), 3, "dead"))) {
            release(String.valueOf(due.key()));
        }
    }

    private void intervene(Random random) {
        String key = "node-" + random.nextInt(NODES) + "/" + random.nextInt(KEYS);
        switch (random.nextInt(4)) {
            case 0 -> again(() -> operators.park(CONSUMER, CHANNEL, key, 1000));
            case 1 -> again(() -> operators.release(CONSUMER, CHANNEL, key, 1000));
            case 2 -> requeueDead();
            default -> discardOne(key, random);
        }
        release(key);
    }

    private void discardOne(String key, Random random) {
        List<InboxId> some = all(ReceivedFilter.unhandled().key(key)).stream()
                .limit(random.nextInt(2))
                .toList();
        again(() -> operators.discard(some, InboxOperatorStoreContract.ALL));
    }

    private void requeueDead() {
        Set<InboxId> dead = all(ReceivedFilter.all().states(ReceivedState.DEAD));
        again(() -> operators.requeue(dead, Set.of(ReceivedState.DEAD)));
        received.keySet().forEach(this::release);
    }

    private Set<InboxId> all(ReceivedFilter filter) {
        return again(() -> operators.list(CONSUMER, filter, null, 1000)).events().stream()
                .map(event ->
                        new InboxId(CONSUMER, event.id().source(), event.id().id()))
                .collect(Collectors.toSet());
    }

    private void receive(String key, Random random) {
        InboxEvent event = event(key);
        received.computeIfAbsent(key, each -> new ArrayList<>()).add(event.id());
        boolean fails = random.nextInt(4) == 0;
        if (fails || admitAndHandle(event) == Admission.BEHIND) {
            Kept kept = keep(event, Duration.ofMillis(random.nextInt(20)));
            assertTrue(kept != Kept.KNOWN, kept::toString);
            release(key);
        }
    }

    private void handleDue(Random random) {
        due().forEach(due -> handle(due, random, random.nextInt(4) == 0));
    }

    private void handle(Due due, Random random, boolean fails) {
        if (fails) {
            again(() -> store.delay(due.id(), due.version(), 1, "failed", Duration.ofMillis(random.nextInt(20))));
        } else if (again(() -> handled(due.id(), due.key(), () -> claimAndFinish(due)))) {
            release(String.valueOf(due.key()));
        }
    }

    private boolean claimAndFinish(Due due) {
        return store.claim(due.id(), due.version()) && store.finish(due.id(), due.version());
    }

    private Admission admitAndHandle(InboxEvent event) {
        boolean isNew = again(() -> handled(event.id(), event.key(), () -> store.admit(event) == Admission.NEW));
        return isNew ? Admission.NEW : Admission.BEHIND;
    }

    /** Notes it before the commit, since afterwards another one may be quicker. */
    private boolean handled(InboxId id, @Nullable String key, Supplier<Boolean> work) {
        List<InboxId> ofKey = handled.computeIfAbsent(String.valueOf(key), each -> synchronizedList(new ArrayList<>()));
        AtomicBoolean noted = new AtomicBoolean();
        try {
            return fixture.transactions.separately(em -> {
                noted.set(work.get() && ofKey.add(id));
                return noted.get();
            });
        } catch (RuntimeException e) {
            if (noted.get()) {
                ofKey.remove(id);
            }
            throw e;
        }
    }

    private Admission admit(InboxEvent event) {
        return again(() -> fixture.transactions.separately(em -> store.admit(event)));
    }

    private Admission admitAndFail(InboxEvent event) {
        return again(() -> {
            try {
                return fixture.transactions.separately(em -> {
                    store.admit(event);
                    throw new IllegalStateException("rolled back");
                });
            } catch (IllegalStateException e) {
                return Admission.BEHIND;
            }
        });
    }

    private Kept keep(InboxEvent event, Duration delay) {
        return again(() -> store.keep(event, message(), delay, 0, null));
    }

    private boolean release(String key) {
        return again(() -> store.release(CONSUMER, CHANNEL, key));
    }

    private void finish(Due due) {
        again(() -> fixture.transactions.separately(em -> claimAndFinish(due)));
    }

    private List<Due> due() {
        return again(() -> store.due(CONSUMER, List.of(new Wanted(CHANNEL, 100, Set.of()))));
    }

    /** What the engine does when a database has ended a transaction because of others. */
    private static <T> T again(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (ContentionException e) {
                Thread.onSpinWait();
            } catch (RuntimeException e) {
                if (!Contention.ended(e)) {
                    throw e;
                }
            }
        }
    }

    private static <T> List<T> run(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    private int count(String condition) {
        return Integer.parseInt(
                Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_inbox WHERE " + condition));
    }

    private static InboxEvent event(@Nullable String key) {
        return Inbox.event(key, WhenDead.BLOCK);
    }
}
