package dev.posthorn.inbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long nothing is tried because the store is away: longer with each failure in a row, up to a bound. */
final class Pause {

    private static final long FIRST = Duration.ofMillis(500).toNanos();
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private long length;
    private long until;
    private boolean on;

    Pause(LongSupplier nanoTime) {
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

    /** The store has answered. */
    synchronized void isOver() {
        length = 0;
        on = false;
    }
}
