package dev.posthorn.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for work that may hang in the database no longer than it is told: then the work is left behind, on a thread of its own. */
final class Bounded {

    private Bounded() {}

    /** Whether the work was done within the time-out. What it throws comes out. */
    static boolean run(Executor threads, Duration timeout, Runnable work) {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // The server gives out no more threads, so this one has to do.
            task.run();
        }
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
