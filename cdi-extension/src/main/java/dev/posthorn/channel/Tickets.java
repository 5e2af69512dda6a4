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

    /**
     * For events that have just been stored in a transaction that has not ended.
     *
     * @param numbers theirs; empty if nobody knows them until they are read
     */
    Ticket of(Channel channel, List<EventEnvelope> events, List<Long> numbers, long now) {
        List<EventEnvelope> wanted = wanted(events);
        if (numbers.isEmpty() && !wanted.isEmpty()) {
            backlog.useTable();
        }
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
        for (int i = 0; i < events.size(); i++) {
            if (!isPassedOver(events.get(i))) {
                ticket.entries.add(holdings.takePending(numbers.get(i), events.get(i)));
            }
        }
        return open(ticket);
    }

    /** All but those of destinations that are passed over, which are left to the table. */
    private List<EventEnvelope> wanted(List<EventEnvelope> events) {
        if (destinations.passedOver().isEmpty()) {
            return events;
        }
        List<EventEnvelope> wanted = new ArrayList<>(events.size());
        for (EventEnvelope event : events) {
            if (isPassedOver(event)) {
                destinations.of(event.topic()).onlyOneAsOf = 0;
            } else {
                wanted.add(event);
            }
        }
        return wanted;
    }

    private boolean isPassedOver(EventEnvelope event) {
        return destinations.passedOver().contains(event.topic());
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
