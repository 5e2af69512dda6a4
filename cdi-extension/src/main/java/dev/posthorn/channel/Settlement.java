package dev.posthorn.channel;

import dev.posthorn.spi.EventEnvelope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A counted failure, after which an event leaves memory. */
public final class Settlement {

    private final Entry entry;
    private final int attempts;
    private final Throwable error;
    private final @Nullable Duration delay;

    Settlement(Entry entry, Throwable error, @Nullable Duration delay) {
        this.entry = entry;
        this.attempts = entry.attempts;
        this.error = error;
        this.delay = delay;
    }

    Entry entry() {
        return entry;
    }

    /** The event's number in the store. */
    public long seq() {
        return entry.seq;
    }

    public EventEnvelope event() {
        return entry.event;
    }

    public int attempts() {
        return attempts;
    }

    public Throwable error() {
        return error;
    }

    /** Until the next attempt; null if there is none. */
    public @Nullable Duration delay() {
        return delay;
    }
}
