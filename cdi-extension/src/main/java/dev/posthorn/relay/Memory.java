package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import java.util.List;

/** How much a channel holds, in events and bytes, against how much it may. Guarded by the channel's monitor. */
final class Memory {

    private final int maxEvents;
    private final long maxBytes;
    private int events;
    private long bytes;

    Memory(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    boolean fits(List<EventEnvelope> more) {
        long size = bytes;
        for (EventEnvelope event : more) {
            size += event.data().length;
        }
        return events + more.size() <= maxEvents && size <= maxBytes;
    }

    /** Events that may be read from the table now: none until half of the memory is free, so that reads are worth their price. */
    int roomForReading() {
        return events <= maxEvents / 2 && bytes <= maxBytes / 2 ? maxEvents - events : 0;
    }

    long bytesForReading() {
        return maxBytes - bytes;
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
}
