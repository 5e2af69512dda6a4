package dev.posthorn.channel;

import java.util.List;

/**
 * What a channel notes of one transaction before that commits: its entries, or, where they did not fit into memory, only that
 * there are rows to come. Guarded by the channel's monitor.
 */
public final class Ticket {

    private final Channel channel;

    /** When it was taken. */
    final long since;

    /** Empty as soon as the table alone knows the events. */
    List<Entry> entries;

    /** Whether events are to be read that have no entries; not those of destinations that are passed over. */
    boolean rowsToCome;

    Ticket(Channel channel, long since, List<Entry> entries, boolean rowsToCome) {
        this.channel = channel;
        this.since = since;
        this.entries = entries;
        this.rowsToCome = rowsToCome;
    }

    public Channel channel() {
        return channel;
    }

    boolean isLeftToTable() {
        return entries.isEmpty();
    }

    void leaveToTable() {
        entries = List.of();
        rowsToCome = true;
    }
}
