package dev.posthorn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ticks without EJBs. */
class TickThreadsTest {

    private static final Duration SOON = Duration.ofMillis(10);

    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final TickThreads ticks = new TickThreads();

    @AfterEach
    void end() {
        ticks.end();
    }

    @Test
    void aPassThatFailsComesAgainAndOneThatIsSlowHoldsNobodyUp() throws InterruptedException {
        CountDownLatch sweeps = new CountDownLatch(3);
        CountDownLatch cleaning = new CountDownLatch(1);
        ticks.begin(this::start, Tick.CLEAN, SOON, tick -> await(cleaning));
        ticks.begin(this::start, Tick.SWEEP, SOON, tick -> {
            sweeps.countDown();
            throw new OutOfMemoryError("simulated: not even the log works");
        });

        assertTrue(sweeps.await(10, TimeUnit.SECONDS));
        cleaning.countDown();
    }

    @Test
    void nothingTicksAfterTheEnd() throws InterruptedException {
        for (Tick tick : Tick.values()) {
            ticks.begin(this::start, tick, SOON, ticked -> {});
        }

        ticks.end();

        for (Thread thread : started) {
            thread.join(10_000);
        }
        assertEquals(Tick.values().length, started.size());
        assertTrue(started.stream().noneMatch(Thread::isAlive));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        started.add(thread);
        thread.start();
    }
}
