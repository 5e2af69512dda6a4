package dev.posthorn.inbox;

import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reports failures of the store. While the store is away, the search for due entries fails too: the watch then logs the outage, once.
 * If only single events fail, it is probably them that the database does not take, so some of them are named.
 */
final class StoreReports {

    private static final String SEARCH = "look for due events in the inbox";
    private static final String SWEEP = "look for waiting keys in the inbox";

    private static final long BETWEEN_NAMES = Duration.ofSeconds(10).toNanos();

    private final StoreWatch watch;
    private final LongSupplier nanoTime;
    private volatile boolean away;
    private long nextName;

    StoreReports(StoreWatch watch, LongSupplier nanoTime) {
        this.watch = watch;
        this.nanoTime = nanoTime;
        this.nextName = nanoTime.getAsLong();
    }

    void searched() {
        away = false;
        watch.succeeded(SEARCH);
    }

    void searchFailed(Throwable error) {
        away = true;
        watch.failed(SEARCH, error);
    }

    void swept() {
        watch.succeeded(SWEEP);
    }

    void sweepFailed(Throwable error) {
        watch.failed(SWEEP, error);
    }

    /** The store did not answer about one event. */
    void noAnswer(String channel, Task task, Throwable error) {
        if (!away && mayName()) {
            InboxLog.storeAway(channel, task, error);
        } else {
            InboxLog.storeStillAway(channel, task, error);
        }
    }

    private synchronized boolean mayName() {
        long now = nanoTime.getAsLong();
        if (now - nextName < 0) {
            return false;
        }
        nextName = now + BETWEEN_NAMES;
        return true;
    }
}
