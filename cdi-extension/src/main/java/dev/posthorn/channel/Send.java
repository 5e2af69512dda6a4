package dev.posthorn.channel;

import dev.posthorn.spi.EventEnvelope;

/** A send that has begun, and is to be answered. */
public final class Send {

    private final Entry entry;
    private final long number;

    Send(Entry entry) {
        this.entry = entry;
        this.number = entry.send;
    }

    public EventEnvelope event() {
        return entry.event;
    }

    /** The event's number in the store. */
    public Long seq() {
        return entry.seq;
    }

    /** The how manyth send of its channel it is. */
    public long number() {
        return number;
    }

    Entry entry() {
        return entry;
    }

    /** Whether nothing was sent of this event since. */
    boolean isLast() {
        return entry.send == number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Send send && send.entry == entry && send.number == number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
