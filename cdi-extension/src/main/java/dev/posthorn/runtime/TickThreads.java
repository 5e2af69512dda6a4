package dev.posthorn.runtime;

import dev.posthorn.config.PosthornConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ticks where the server makes no EJB of {@link Ticks}: of libraries of an enterprise application. A thread for each, so that the
 * heartbeat ticks while another pass is slow.
 */
final class TickThreads {

    private final CountDownLatch end = new CountDownLatch(1);

    /** Until {@link #end}. */
    void begin(Executor threads, PosthornConfig config, Posthorn posthorn) {
        for (Tick tick : Tick.values()) {
            Duration interval = tick.interval(config);
            threads.execute(() -> repeat(tick, interval, posthorn));
        }
    }

    private void repeat(Tick tick, Duration interval, Posthorn posthorn) {
        try {
            while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                tick.make(posthorn);
            }
        } catch (InterruptedException e) {
            // The server ends its threads, and this one with them.
            Thread.currentThread().interrupt();
        }
    }

    void end() {
        end.countDown();
    }
}
