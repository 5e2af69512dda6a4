package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How events come into the memory of a channel: straight from their transactions while everything fits ({@link Mode#MEMORY}), from
 * the table after an overflow, until a read has found its end ({@link Mode#TABLE}). Guarded by the channel's monitor.
 *
 * <p>What comes in here in the wrong order does no harm: an ordered event is sent only when the store has said that it is its turn.
 */
final class Intake {

    enum Mode {
        MEMORY,
        TABLE
    }

    /** A transaction that has not ended by then is left to the table, so that it does not stand in the way of its keys. */
    private static final long OLDEST_TICKET = Duration.ofMinutes(10).toNanos();

    private final Lanes lanes;
    private final Memory memory;

    /** Every event in the lanes, or delivered and not yet marked; read by the store while it answers. */
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

    /** Marked while a read is under way, whose answer may still hold them. */
    private final Set<UUID> lingering = new HashSet<>();

    /** Events in the lanes. */
    private final Map<UUID, Entry> entries = new HashMap<>();

    /** Tickets of transactions that have not ended, as far as memory has their events. */
    private final Set<Ticket> open = new HashSet<>();

    /** What an earlier start left behind is in the table. */
    private Mode mode = Mode.TABLE;

    private boolean wantsRead = true;

    /** Whether the next read must not go on from {@link #readTo}, since something before that may have become unsent, or visible. */
    private boolean fromStart = true;

    private long readTo;
    private @Nullable Read reading;
    private int reads;

    Intake(ChannelSettings settings, Lanes lanes) {
        this.lanes = lanes;
        this.memory = new Memory(settings);
    }

    Ticket ticket(Channel channel, List<EventEnvelope> events, long now) {
        if (mode == Mode.MEMORY && !memory.fits(events)) {
            mode = Mode.TABLE;
        }
        if (mode == Mode.TABLE) {
            return ticketOfTable(channel, now);
        }
        Ticket ticket = new Ticket(channel, now, new ArrayList<>(events.size()));
        for (EventEnvelope event : events) {
            Entry entry = Entry.pending(event);
            ticket.entries.add(entry);
            take(entry);
        }
        open.add(ticket);
        return ticket;
    }

    /** For events that memory does not take, whatever the mode. */
    Ticket ticketOfTable(Channel channel, long now) {
        return new Ticket(channel, now, List.of());
    }

    void committed(Ticket ticket) {
        if (ticket.isLeftToTable()) {
            // It is behind what was read. If it is not, the read after the one that finds the end sees it.
            wantsRead = true;
        }
        for (Entry entry : ticket.entries) {
            entry.state = State.COMMITTED;
            lanes.committed(entry);
        }
        end(ticket);
    }

    void rolledBack(Ticket ticket) {
        ticket.entries.forEach(this::drop);
        end(ticket);
    }

    /** Only the table can tell whether these events are to be sent. */
    void unknown(Ticket ticket) {
        rolledBack(ticket);
        wantRead();
    }

    private void end(Ticket ticket) {
        open.remove(ticket);
        ticket.entries = List.of();
    }

    /** Nobody may be told how a transaction ended, but its events must not block their keys for ever. */
    void forgetOldTickets(long now) {
        open.stream()
                .filter(ticket -> now - ticket.since > OLDEST_TICKET)
                .toList()
                .forEach(this::unknown);
    }

    void wantRead() {
        wantsRead = true;
        fromStart = true;
    }

    boolean wantsRead() {
        return wantsRead && reading == null && roomForReading() > 0;
    }

    private int roomForReading() {
        return mode == Mode.MEMORY ? memory.roomBesideMemory() : memory.roomForReading();
    }

    /** Whether there is more in the table, for which memory has no room. */
    boolean isStarved() {
        return wantsRead && reading == null && roomForReading() == 0;
    }

    /** Nobody knows what has become in the table of what waits here in order. */
    void askAgain() {
        for (Entry each : entries.values()) {
            if (each.state == State.COMMITTED && each.mayGo && each.event.orderKey() != null) {
                lanes.askAgain(each);
            }
        }
    }

    @Nullable
    Read nextRead() {
        if (!wantsRead()) {
            return null;
        }
        if (fromStart) {
            readTo = 0;
        }
        reading = new Read(++reads, readTo, roomForReading(), memory.bytesForReading());
        wantsRead = false;
        fromStart = false;
        return reading;
    }

    void readAnswered(Read read, Unsent answer) {
        if (!read.equals(reading)) {
            return;
        }
        for (StoredEvent row : answer.events()) {
            if (!inHand.contains(row.event().id())) {
                take(Entry.stored(row));
            }
        }
        endReading();
        if (!answer.complete()) {
            readOn(answer.events());
        } else if (!read.isFromStart()) {
            wantRead();
        } else {
            mode = Mode.MEMORY;
        }
    }

    private void readOn(List<StoredEvent> events) {
        if (!events.isEmpty()) {
            readTo = events.get(events.size() - 1).seq();
        }
        wantsRead = true;
    }

    void readFailed(Read read) {
        if (read.equals(reading)) {
            endReading();
            wantsRead = true;
        }
    }

    /** An event is delivered; its id stays in hand until it is marked. */
    void delivered(Entry entry) {
        lanes.delivered(entry);
        free(entry);
    }

    /** The same for one that was left to the table before: it is not to be read any more. */
    void hold(Entry entry) {
        inHand.add(entry.event.id());
    }

    /** The store knows that this event is delivered, though a read that began earlier may not. */
    void forget(UUID id) {
        if (reading == null) {
            inHand.remove(id);
        } else {
            lingering.add(id);
        }
    }

    /** Leaves an event to the table, in whatever state it is there. */
    void leave(Entry entry) {
        drop(entry);
        wantRead();
    }

    /** The same for an event that waits for its turn and all that are behind it, but for those of open transactions. */
    void leaveFrom(Entry first) {
        List<Entry> waiting = new ArrayList<>();
        for (Entry each = first; each != null; each = each.behind) {
            if (each.state == State.COMMITTED) {
                waiting.add(each);
            }
        }
        waiting.forEach(this::drop);
        wantRead();
    }

    /** Leaves all events to the table that have not been delivered. */
    void forgetEntries() {
        List.copyOf(entries.values()).forEach(this::drop);
        open.forEach(ticket -> ticket.entries = List.of());
        open.clear();
        endReading();
        mode = Mode.TABLE;
        wantRead();
    }

    void forgetAll() {
        forgetEntries();
        inHand.clear();
    }

    @Nullable
    Entry entry(UUID id) {
        return entries.get(id);
    }

    Set<UUID> inHand() {
        return inHand;
    }

    Mode mode() {
        return mode;
    }

    int events() {
        return memory.events();
    }

    long bytes() {
        return memory.bytes();
    }

    int unmarked() {
        return inHand.size() - memory.events();
    }

    private void take(Entry entry) {
        memory.take(entry);
        entries.put(entry.event.id(), entry);
        inHand.add(entry.event.id());
        lanes.add(entry);
    }

    private void drop(Entry entry) {
        entry.state = State.GONE;
        lanes.remove(entry);
        free(entry);
        inHand.remove(entry.event.id());
    }

    private void free(Entry entry) {
        if (entries.remove(entry.event.id(), entry)) {
            memory.free(entry);
        }
    }

    private void endReading() {
        reading = null;
        inHand.removeAll(lingering);
        lingering.clear();
    }
}
