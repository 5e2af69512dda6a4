package dev.posthorn.channel;

import dev.posthorn.spi.EventEnvelope;

/** A send that has begun, and is to be answered. */
public final class Send {

    private final Channel channel;
    private final Entry entry;
    private final int number;

    Send(Channel channel, Entry entry) {
        this.channel = channel;
        this.entry = entry;
        this.number = entry.send;
    }

    public Channel channel() {
        return channel;
    }

    public EventEnvelope event() {
        return entry.event;
    }

    /** The how manyth send of this event it is, since it came into memory. */
    public int number() {
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
        return entry.hashCode() + number;
    }
}
