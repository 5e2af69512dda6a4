package dev.posthorn.relay;

import dev.posthorn.channel.Ticket;
import java.util.List;

/** What the relay noted of one transaction's events before its commit; to be ended exactly once. */
public final class CommitTicket {

    final List<Ticket> tickets;

    CommitTicket(List<Ticket> tickets) {
        this.tickets = tickets;
    }
}
