package dev.posthorn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ticks without EJBs. */
class TickThreadsTest {

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
        ticks.begin(
                this::start,
                PosthornConfig.read(
                        MapConfig.of("posthorn.sweep.interval", "PT0.01S", "posthorn.clean.interval", "PT0.01S"),
                        "shop",
                        Set.of()),
                new Posthorn() {
                    @Override
                    boolean isRunning() {
                        return true;
                    }

                    @Override
                    void sweep() {
                        sweeps.countDown();
                        throw new IllegalStateException("the database is away");
                    }

                    @Override
                    void clean() {
                        try {
                            cleaning.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                });

        assertTrue(sweeps.await(10, TimeUnit.SECONDS));
        cleaning.countDown();
    }

    @Test
    void nothingTicksAfterTheEnd() throws InterruptedException {
        ticks.begin(this::start, PosthornConfig.read(MapConfig.of(), "shop", Set.of()), new Posthorn());

        ticks.end();

        for (Thread thread : started) {
            thread.join(10_000);
        }
        assertEquals(Tick.values().length, started.size());
        assertTrue(started.stream().noneMatch(Thread::isAlive));
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        started.add(thread);
        thread.start();
    }
}
