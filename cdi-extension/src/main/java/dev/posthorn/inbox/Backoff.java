package dev.posthorn.inbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long nothing is tried after a failure: longer with each failure in a row, up to a bound. */
final class Backoff {

    private static final long FIRST = Duration.ofMillis(500).toNanos();
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private long length;
    private long until;
    private boolean on;

    Backoff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean isOn() {
        if (on && nanoTime.getAsLong() - until >= 0) {
            on = false;
        }
        return on;
    }

    synchronized void begin() {
        // Several tasks that fail together are one failure.
        if (!isOn()) {
            length = length == 0 ? FIRST : Math.min(2 * length, LONGEST);
            until = nanoTime.getAsLong() + length;
            on = true;
        }
    }

    /** When it is over, on the clock that it was given. */
    synchronized long until() {
        return until;
    }

    /** The next failure is the first one again. */
    synchronized void end() {
        length = 0;
        on = false;
    }
}
