package dev.posthorn.channel;

import dev.posthorn.spi.EventEnvelope;
import java.util.List;

/** How much a channel holds, in events and bytes, against how much it may. Guarded by the channel's monitor. */
final class Memory {

    private final int maxEvents;
    private final long maxBytes;
    private final int readBatch;
    private int events;
    private long bytes;

    Memory(ChannelSettings settings) {
        this.maxEvents = settings.maxEvents();
        this.maxBytes = settings.maxBytes();
        this.readBatch = Math.min(settings.readBatch(), Math.max(1, maxEvents / 2));
    }

    boolean fits(List<EventEnvelope> more) {
        long size = bytes;
        for (EventEnvelope event : more) {
            size += event.data().length;
        }
        return events + more.size() <= maxEvents && size <= maxBytes;
    }

    /**
     * Events that may be read from the table now. There are never more than two batches in memory while it is read, since each read
     * passes over what is in hand.
     */
    int roomForReading() {
        return events <= readBatch && bytes <= maxBytes / 2 ? readBatch : 0;
    }

    /** The same while nothing has overflowed: what has gone to the table for other reasons must not wait until load falls. */
    int roomBesideMemory() {
        return events < maxEvents && bytes < maxBytes ? readBatch : 0;
    }

    long bytesForReading() {
        return maxBytes / 2;
    }

    void take(Entry entry) {
        events++;
        bytes += entry.size();
    }

    void free(Entry entry) {
        events--;
        bytes -= entry.size();
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }
}
