package dev.posthorn.channel;

import dev.posthorn.channel.Backlog.Mode;
import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.EventEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How events come straight from their transactions: into memory while everything fits; else the table alone has them. Guarded by the
 * channel's monitor.
 */
final class Tickets {

    /** A transaction that has not ended by then is left to the table, so that it does not stand in the way of its keys. */
    private static final long OLDEST = Duration.ofMinutes(10).toNanos();

    private final Lanes lanes;
    private final Destinations destinations;
    private final Memory memory;
    private final Backlog backlog;
    private final Holdings holdings;

    /** Those of transactions that have not ended, as far as memory has their events. */
    private final Set<Ticket> open = new HashSet<>();

    Tickets(Lanes lanes, Destinations destinations, Memory memory, Backlog backlog, Holdings holdings) {
        this.lanes = lanes;
        this.destinations = destinations;
        this.memory = memory;
        this.backlog = backlog;
        this.holdings = holdings;
    }

    /** For events that have just been stored in a transaction that has not ended. */
    Ticket of(Channel channel, List<EventEnvelope> events, long now) {
        List<EventEnvelope> wanted = wanted(events);
        if (backlog.mode() == Mode.MEMORY && !memory.fits(wanted)) {
            holdings.makeRoom(true);
            wanted = wanted(events);
            if (!memory.fits(wanted)) {
                backlog.useTable();
            }
        }
        if (backlog.mode() == Mode.TABLE) {
            return open(new Ticket(channel, now, List.of(), !wanted.isEmpty()));
        }
        Ticket ticket = new Ticket(channel, now, new ArrayList<>(wanted.size()), false);
        wanted.forEach(event -> ticket.entries.add(holdings.takePending(event)));
        return open(ticket);
    }

    /** All but those of destinations that are passed over. */
    private List<EventEnvelope> wanted(List<EventEnvelope> events) {
        Set<String> passedOver = destinations.passedOver();
        return passedOver.isEmpty()
                ? events
                : events.stream()
                        .filter(event -> !passedOver.contains(event.topic()) || !leaveToTable(event))
                        .toList();
    }

    private boolean leaveToTable(EventEnvelope event) {
        destinations.of(event.topic()).onlyOneAsOf = 0;
        return true;
    }

    private Ticket open(Ticket ticket) {
        if (!ticket.rowsToCome) {
            open.add(ticket);
        }
        return ticket;
    }

    void committed(Ticket ticket) {
        if (ticket.rowsToCome) {
            // It is behind what was read. If it is not, the read after the one that finds the end sees it.
            backlog.readOn();
        }
        for (Entry entry : ticket.entries) {
            entry.state = State.COMMITTED;
            lanes.committed(entry);
        }
        end(ticket);
    }

    void rolledBack(Ticket ticket) {
        ticket.entries.forEach(holdings::drop);
        end(ticket);
    }

    /** Only the table can tell whether these events are to be sent. */
    void unknown(Ticket ticket) {
        rolledBack(ticket);
        backlog.wantRead();
    }

    private void end(Ticket ticket) {
        open.remove(ticket);
        ticket.entries = List.of();
    }

    /** Nobody may be told how a transaction ended, but its events must not block their keys for ever. */
    void forgetOld(long now) {
        open.stream().filter(ticket -> now - ticket.since > OLDEST).toList().forEach(this::unknown);
    }

    /** What was passed over is to be read, and what is of open transactions with it. */
    void overflow() {
        open.forEach(ticket -> ticket.rowsToCome = true);
    }

    /** Leaves the events of all open transactions to the table. */
    void forgetAll() {
        open.forEach(Ticket::leaveToTable);
        open.clear();
    }
}
