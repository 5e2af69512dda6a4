package dev.posthorn.thread;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Loop> loops = new ArrayList<>();

    @AfterEach
    void stopAll() {
        loops.forEach(Loop::stop);
        threads.shutdownNow();
    }

    @Test
    void everySignalIsFollowedByAPass() throws Exception {
        AtomicLong done = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        Loop loop = loop(() -> seen.set(done.get()), threads, Duration.ZERO);
        int signallers = 3;
        // Short bursts, so that signals meet the loop in all its states: without a thread, running, about to park,
        // parked.
        for (int burst = 1; burst <= 2000; burst++) {
            CountDownLatch finished = new CountDownLatch(signallers);
            for (int i = 0; i < signallers; i++) {
                threads.execute(() -> {
                    done.incrementAndGet();
                    loop.signal();
                    finished.countDown();
                });
            }
            assertTrue(finished.await(10, TimeUnit.SECONDS));
            long all = (long) burst * signallers;
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofNanos(1000))
                    .until(() -> seen.get() == all);
        }
    }

    @Test
    void aPassMayAskForAnotherOneWithoutASignal() {
        AtomicInteger passes = new AtomicInteger();
        List<Loop> itself = new ArrayList<>();
        Loop loop = loop(
                () -> {
                    if (passes.incrementAndGet() < 3) {
                        itself.get(0).signalWithin(Duration.ofMillis(20));
                    }
                },
                threads,
                Duration.ZERO);
        itself.add(loop);
        loop.signal();
        await().until(() -> passes.get() == 3);
        await().during(Duration.ofMillis(200)).until(() -> passes.get() == 3);
    }

    @Test
    void passesNeverOverlap() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger worst = new AtomicInteger();
        AtomicInteger signals = new AtomicInteger();
        Loop loop = loop(
                () -> {
                    worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    signals.get();
                    inside.decrementAndGet();
                },
                threads,
                Duration.ZERO);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int j = 0; j < 5000; j++) {
                    loop.signal();
                    signals.incrementAndGet();
                }
            });
        }
        await().untilAtomic(signals, org.hamcrest.Matchers.is(20_000));
        assertEquals(1, worst.get());
    }

    @Test
    void signalsThatComeDuringAPassAreOneSignal() {
        AtomicInteger passes = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        Loop loop = loop(
                () -> {
                    passes.incrementAndGet();
                    awaitQuietly(go);
                },
                threads,
                Duration.ZERO);
        loop.signal();
        await().until(() -> passes.get() == 1);
        for (int i = 0; i < 10; i++) {
            loop.signal();
        }
        go.countDown();
        await().until(() -> passes.get() == 2);
        loop.stop();
        assertEquals(2, passes.get());
    }

    @Test
    void signalsBeforeAThreadIsThereAreOnePass() {
        ArrayDeque<Runnable> given = new ArrayDeque<>();
        Loop loop = loop(() -> {}, given::add, Duration.ZERO);
        loop.signal();
        loop.signal();
        loop.signal();
        assertEquals(1, given.size());
    }

    @Test
    void aPassBeginsWhenTheTimeToGatherIsOver() {
        Duration gather = Duration.ofMillis(20);
        AtomicLong began = new AtomicLong();
        Loop loop = loop(() -> began.set(System.nanoTime()), threads, gather);
        long signalled = System.nanoTime();
        loop.signal();
        await().until(() -> began.get() != 0);
        assertTrue(began.get() - signalled >= gather.toNanos());
    }

    @Test
    void noPassBeginsAfterAStop() {
        ArrayDeque<Runnable> given = new ArrayDeque<>();
        AtomicInteger passes = new AtomicInteger();
        Loop loop = loop(passes::incrementAndGet, given::add, Duration.ZERO);
        loop.signal();
        loop.stop();
        given.remove().run();
        loop.signal();
        assertTrue(given.isEmpty());
        assertEquals(0, passes.get());
    }

    @Test
    void aStopGivesTheParkedThreadBack() {
        AtomicInteger passes = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Executor counting = task -> threads.execute(() -> {
            task.run();
            ended.incrementAndGet();
        });
        Loop loop = loop(passes::incrementAndGet, counting, Duration.ZERO);
        loop.signal();
        await().until(() -> passes.get() == 1);
        loop.stop();
        await().until(() -> ended.get() == 1);
    }

    @Test
    void aPassThatThrowsIsFollowedByOthers() {
        AtomicInteger passes = new AtomicInteger();
        Loop loop = loop(
                () -> {
                    if (passes.incrementAndGet() == 1) {
                        throw new IllegalStateException("a bug");
                    }
                    if (passes.get() == 2) {
                        throw new NoClassDefFoundError("an undeployed class");
                    }
                },
                threads,
                Duration.ZERO);
        for (int i = 1; i <= 3; i++) {
            int expected = i;
            loop.signal();
            await().until(() -> passes.get() == expected);
        }
    }

    @Test
    void theNextSignalTriesAgainWhenThereWasNoThread() {
        AtomicInteger passes = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Executor full = task -> {
            switch (asked.incrementAndGet()) {
                case 1 -> throw new RejectedExecutionException("full");
                case 2 -> throw new IllegalStateException("not that of the specification");
                case 3 -> throw new OutOfMemoryError("unable to create native thread");
                default -> threads.execute(task);
            }
        };
        Loop loop = loop(passes::incrementAndGet, full, Duration.ZERO);
        for (int i = 0; i < 4; i++) {
            loop.signal();
        }
        await().until(() -> passes.get() == 1);
    }

    @Test
    void aThreadThatNeverBeginsIsReplaced() {
        AtomicInteger passes = new AtomicInteger();
        ArrayDeque<Runnable> lost = new ArrayDeque<>();
        Executor losesTheFirst = task -> {
            if (lost.isEmpty()) {
                lost.add(task);
            } else {
                threads.execute(task);
            }
        };
        Loop loop = new Loop(
                "test",
                passes::incrementAndGet,
                losesTheFirst,
                Duration.ZERO,
                Duration.ofSeconds(15),
                Duration.ofMillis(50),
                (name, failure) -> {});
        loops.add(loop);
        await().until(() -> {
            loop.signal();
            return passes.get() >= 1;
        });
        loop.stop();
        int made = passes.get();
        lost.remove().run();
        assertEquals(made, passes.get(), "its place is taken");
    }

    @Test
    void aLoopOutlivesALogThatThrows() {
        AtomicInteger passes = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Executor refusesTheFirst = task -> {
            if (asked.incrementAndGet() == 1) {
                throw new RejectedExecutionException("full");
            }
            threads.execute(task);
        };
        Loop loop = new Loop(
                "test",
                () -> {
                    if (passes.incrementAndGet() == 1) {
                        throw new IllegalStateException("a bug");
                    }
                },
                refusesTheFirst,
                Duration.ZERO,
                (name, failure) -> {
                    throw new OutOfMemoryError("simulated");
                });
        loops.add(loop);
        loop.signal();
        loop.signal();
        await().until(() -> passes.get() == 1);
        loop.signal();
        await().until(() -> passes.get() == 2);
    }

    @Test
    void aThreadHasTheNameOfItsLoopWhileItStays() {
        AtomicReference<String> seen = new AtomicReference<>();
        AtomicReference<String> after = new AtomicReference<>();
        Executor renames = task -> threads.execute(() -> {
            Thread.currentThread().setName("pooled");
            task.run();
            after.set(Thread.currentThread().getName());
        });
        Loop loop = new Loop(
                "send orders",
                () -> seen.set(Thread.currentThread().getName()),
                renames,
                Duration.ZERO,
                Duration.ofMillis(1),
                (name, failure) -> {});
        loops.add(loop);
        loop.signal();
        await().until(() -> after.get() != null);
        assertEquals("posthorn send orders", seen.get());
        assertEquals("pooled", after.get());
    }

    private Loop loop(Runnable pass, Executor executor, Duration gather) {
        Loop loop = new Loop("test", pass, executor, gather, (name, failure) -> {});
        loops.add(loop);
        return loop;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
