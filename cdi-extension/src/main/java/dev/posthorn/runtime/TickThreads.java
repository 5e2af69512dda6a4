package dev.posthorn.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ticks without the server's timers: the heartbeat, since timers share a pool with those of all applications, and everything where the
 * server makes no EJB of {@link Ticks}, of libraries of an enterprise application. Each has a thread of its own.
 */
final class TickThreads {

    private final CountDownLatch end = new CountDownLatch(1);

    /** Until {@link #end}. */
    void begin(Executor threads, Tick tick, Duration interval, Consumer<Tick> task) {
        threads.execute(() -> {
            Thread.currentThread().setName("posthorn " + tick.text());
            repeat(tick, interval, task);
        });
    }

    private void repeat(Tick tick, Duration interval, Consumer<Tick> task) {
        try {
            while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                make(tick, task);
            }
        } catch (InterruptedException e) {
            // The server ends its threads, and this one with them.
            Thread.currentThread().interrupt();
        }
    }

    private static void make(Tick tick, Consumer<Tick> task) {
        try {
            task.accept(tick);
        } catch (Throwable e) {
            // What failed is logged there, unless the log fails too, when memory is short. The tick must come again.
        }
    }

    void end() {
        end.countDown();
    }
}
