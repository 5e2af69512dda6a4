package dev.posthorn.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.inbox.Task.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final KeyedQueue queue = new KeyedQueue(now::get);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @BeforeAll
    static void silenceTheLog() {
        InboxSimulation.silenceTheLog();
    }

    @AfterEach
    void endAll() {
        gate.countDown();
        threads.shutdownNow();
    }

    @Test
    void tasksOfOneKeyRunInTheirOrderAndNeverAtOnce() {
        Workers workers = workers(8, Duration.ofSeconds(15));
        ConcurrentHashMap<String, Integer> last = new ConcurrentHashMap<>();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            String key = "key " + i % 7;
            int number = i;
            workers.submit(new SampleTask("task", key, () -> {
                Integer before = last.put(key, -1);
                if (before != null && (before < 0 || before > number)) {
                    wrong.incrementAndGet();
                }
                last.put(key, number);
                done.incrementAndGet();
                return Outcome.DONE;
            }));
        }
        await().untilAsserted(() -> assertEquals(20_000, done.get()));
        assertEquals(0, wrong.get());
        assertTrue(started.get() <= 8, "threads: " + started);
    }

    /** A task that comes in just when the last thread goes to sleep, or ends, is not forgotten. */
    @Test
    void noWakeIsLost() {
        for (Duration stay : List.of(Duration.ZERO, Duration.ofNanos(1000), Duration.ofSeconds(15))) {
            Workers workers = workers(3, stay);
            for (int i = 0; i < 3000; i++) {
                CountDownLatch done = new CountDownLatch(2);
                for (int task = 0; task < 2; task++) {
                    workers.submit(new SampleTask("task", null, () -> {
                        done.countDown();
                        return Outcome.DONE;
                    }));
                }
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofNanos(20_000))
                        .until(() -> done.getCount() == 0);
            }
            workers.stop();
        }
    }

    @Test
    void asManyRunAtOnceAsMayAndNoMore() {
        Workers workers = workers(3, Duration.ofSeconds(15));
        for (int i = 0; i < 10; i++) {
            workers.submit(blocking("task " + i, null));
        }
        await().untilAsserted(() -> assertEquals(3, ran.size()));
        assertEquals(3, started.get());
        gate.countDown();
        await().untilAsserted(() -> assertEquals(10, ran.size()));
    }

    @Test
    void oneThatHangsHoldsUpItsKeyAlone() {
        Workers workers = workers(2, Duration.ofSeconds(15));
        workers.submit(blocking("hangs", "key"));
        workers.submit(noting("behind it", "key"));
        for (int i = 0; i < 5; i++) {
            workers.submit(noting("task " + i, "other key"));
        }
        await().untilAsserted(() -> assertTrue(ran.contains("task 4")));
        assertTrue(!ran.contains("behind it"));
        gate.countDown();
        await().untilAsserted(() -> assertTrue(ran.contains("behind it")));
    }

    @Test
    void inAPauseNothingBeginsAndAfterwardsItGoesOnInOrder() {
        Workers workers = workers(2, Duration.ZERO);
        AtomicInteger attempts = new AtomicInteger();
        workers.submit(new SampleTask("first", "key", () -> {
            ran.add("first");
            return attempts.incrementAndGet() == 1 ? Outcome.AGAIN : Outcome.DONE;
        }));
        await().untilAsserted(() -> assertEquals(0, live.get()));
        workers.submit(noting("second", "key"));
        workers.submit(noting("other", null));
        workers.wake();
        assertEquals(List.of("first"), ran);
        now.addAndGet(Duration.ofMillis(500).toNanos());
        workers.wake();
        await().untilAsserted(() -> assertEquals(4, ran.size()));
        // The other one has no key, and its own thread.
        assertTrue(ran.indexOf("second") > ran.lastIndexOf("first"), ran::toString);
        assertEquals(2, attempts.get());
    }

    /** What was left to the table says nothing of the store: only an answer ends a pause. */
    @Test
    void aTaskThatIsLeftEndsNoPause() {
        Workers workers = workers(2, Duration.ZERO);
        workers.submit(new SampleTask("left later", null, () -> {
            awaitGate();
            return Outcome.LEFT;
        }));
        await().untilAsserted(() -> assertEquals(1, live.get()));
        workers.submit(new SampleTask("again", null, () -> Outcome.AGAIN));
        await().untilAsserted(() -> assertEquals(1, live.get()));
        gate.countDown();
        await().untilAsserted(() -> assertEquals(0, live.get()));
        workers.submit(noting("new", null));
        assertEquals(0, live.get());
        assertEquals(List.of(), ran);
    }

    @Test
    void whatThrowsRunsAgainWhileOthersGoOn() {
        Workers workers = workers(1, Duration.ZERO);
        AtomicInteger attempts = new AtomicInteger();
        workers.submit(new SampleTask("throws", "key", () -> {
            ran.add("throws");
            if (attempts.incrementAndGet() == 1) {
                throw new AssertionError("unexpected");
            }
            return Outcome.DONE;
        }));
        workers.submit(noting("behind it", "key"));
        workers.submit(noting("other", null));
        await().untilAsserted(() -> assertEquals(List.of("throws", "other"), ran));
        await().untilAsserted(() -> assertEquals(0, live.get()));
        now.addAndGet(Duration.ofMillis(500).toNanos());
        workers.wake();
        await().untilAsserted(() -> assertEquals(List.of("throws", "other", "throws", "behind it"), ran));
        await().untilAsserted(() -> assertTrue(queue.isEmpty()));
    }

    /** Whatever is thrown: all of it is an Error for the compiler, or is thrown behind its back. */
    @Test
    void whatThrowsAgainAndAgainIsGivenUpWithItsErrorAndItsKeyGoesOn() {
        Workers workers = workers(1, Duration.ZERO);
        List<Throwable> errors = List.of(
                new OutOfMemoryError("simulated"),
                new StackOverflowError(),
                new NoClassDefFoundError(),
                new UnprintableFailure(),
                new IllegalStateException("the last one"));
        AtomicInteger attempts = new AtomicInteger();
        AtomicReference<Throwable> givenUp = new AtomicReference<>();
        workers.submit(new SampleTask(
                "throws",
                "key",
                () -> {
                    throw WorkersTest.<RuntimeException>sneakily(errors.get(attempts.getAndIncrement()));
                },
                givenUp::set));
        workers.submit(noting("behind it", "key"));
        await().untilAsserted(() -> {
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            workers.wake();
            assertEquals(List.of("behind it"), ran);
        });
        assertEquals(RepeatableTask.MOST_FAILURES, attempts.get());
        assertSame(errors.get(4), givenUp.get());
        await().untilAsserted(() -> assertTrue(queue.isEmpty()));
    }

    /** As for the store: a task whose own time has not come does not run again, however often others end the wait for the store. */
    @Test
    void aTaskThatTheStoreRefusesRunsAgainAtItsOwnPace() {
        Workers workers = workers(1, Duration.ZERO);
        workers.submit(new SampleTask("refused", null, () -> {
            ran.add("refused");
            return Outcome.AGAIN;
        }));
        await().untilAsserted(() -> assertEquals(0, live.get()));
        for (int round = 0; round < 4; round++) {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            workers.submit(noting("other", null));
            await().untilAsserted(() -> assertEquals(0, live.get()));
        }
        assertEquals(3, ran.stream().filter("refused"::equals).count(), "at 0, 500 and 1500 ms");
    }

    @Test
    void aTaskThatIsInterruptedRunsAgainOnAnotherThread() {
        Workers workers = workers(1, Duration.ofSeconds(600));
        AtomicInteger attempts = new AtomicInteger();
        workers.submit(new SampleTask("interrupted", null, () -> {
            if (attempts.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
                return Outcome.POSTPONED;
            }
            ran.add("flag is " + Thread.currentThread().isInterrupted());
            return Outcome.DONE;
        }));
        await().untilAsserted(() -> assertEquals(0, live.get()));
        now.addAndGet(Duration.ofMillis(500).toNanos());
        workers.wake();
        await().untilAsserted(() -> assertEquals(List.of("flag is false"), ran));
        assertEquals(2, started.get());
    }

    @Test
    void aThreadThatTheServerDoesNotGiveIsAskedForAgain() {
        List<Throwable> refusals = new ArrayList<>(List.of(
                new RejectedExecutionException("no thread"),
                new OutOfMemoryError("unable to create native thread"),
                new NoClassDefFoundError("of a thread factory")));
        Workers workers = workers(1, Duration.ZERO, task -> {
            if (!refusals.isEmpty()) {
                throw WorkersTest.<RuntimeException>sneakily(refusals.remove(0));
            }
            threads.execute(task);
        });
        workers.submit(noting("task", null));
        workers.wake();
        workers.wake();
        assertEquals(List.of(), ran);
        workers.wake();
        await().untilAsserted(() -> assertEquals(List.of("task"), ran));
    }

    @Test
    void afterTheStopNothingBegins() {
        Workers workers = workers(1, Duration.ofSeconds(15));
        workers.submit(blocking("running", null));
        workers.submit(noting("waiting", null));
        await().untilAsserted(() -> assertEquals(List.of("running"), ran));
        workers.stop();
        gate.countDown();
        workers.submit(noting("late", null));
        await().untilAsserted(() -> assertEquals(0, live.get()));
        assertEquals(List.of("running"), ran);
    }

    @Test
    void theStopEndsThreadsThatWait() {
        Workers workers = workers(2, Duration.ofSeconds(600));
        workers.submit(noting("task", null));
        await().untilAsserted(() -> assertEquals(List.of("task"), ran));
        workers.stop();
        await().untilAsserted(() -> assertEquals(0, live.get()));
    }

    private Workers workers(int most, Duration stay) {
        return workers(most, stay, threads);
    }

    private Workers workers(int most, Duration stay, Executor executor) {
        Executor counting = task -> executor.execute(counted(task));
        return new Workers(queue, new Threads(counting, stay, now::get), most, new Backoff(now::get));
    }

    private Runnable counted(Runnable task) {
        started.incrementAndGet();
        live.incrementAndGet();
        return () -> {
            try {
                task.run();
            } finally {
                live.decrementAndGet();
            }
        };
    }

    private Task noting(String name, @Nullable String key) {
        return new SampleTask(name, key, () -> {
            ran.add(name);
            return Outcome.DONE;
        });
    }

    private Task blocking(String name, @Nullable String key) {
        return new SampleTask(name, key, () -> {
            ran.add(name);
            awaitGate();
            return Outcome.DONE;
        });
    }

    /** Throws whatever it is as if it were unchecked. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneakily(Throwable error) throws E {
        throw (E) error;
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
