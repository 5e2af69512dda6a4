package dev.posthorn.relay;

import java.util.List;

/**
 * What a channel notes of one transaction before that commits: its entries, or, where they did not fit into memory, only that
 * there are rows to come. Guarded by the channel's monitor.
 */
final class Ticket {

    final ChannelRelay channel;

    /** Empty as soon as the table alone knows the events. */
    List<Entry> entries;

    /** Whether its entries wait outside the lanes. */
    boolean held;

    Ticket(ChannelRelay channel, List<Entry> entries) {
        this.channel = channel;
        this.entries = entries;
    }

    boolean isLeftToTable() {
        return entries.isEmpty();
    }
}
