package dev.posthorn.relay;

import dev.posthorn.relay.ChannelRelay.Read;
import dev.posthorn.relay.Entry.State;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How events come into the memory of a channel: straight from their transactions while everything fits, from the table otherwise.
 * Guarded by the channel's monitor.
 *
 * <p>The danger is that memory overtakes the table. After an overflow, transactions leave their events to the table ({@link
 * Mode#TABLE}). When a read has found the end of the table, new transactions are held in memory but not sent ({@link
 * Mode#CATCHING_UP}) until those that began earlier have ended and one more read has brought in what they left: only then is all
 * that could come first in the lanes, and the held ones may follow ({@link Mode#MEMORY}).
 */
final class Intake {

    enum Mode {
        MEMORY,
        TABLE,
        CATCHING_UP
    }

    /** How long held events wait for transactions that left theirs to the table; after that they are left to the table too. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    /** How long the table is read for every commit after that, unless all those transactions end sooner. */
    private static final long RESIGNATION = Duration.ofSeconds(30).toNanos();

    private final Lanes lanes;
    private final Memory memory;

    /** Every event in the lanes, held, or delivered and not yet marked; read by the store while it answers. */
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

    /** Marked while a read is under way, whose answer may still hold them. */
    private final Set<UUID> lingering = new HashSet<>();

    /** Events in the lanes that have not been delivered. */
    private final Set<Entry> entries = new HashSet<>();

    /** Tickets of transactions that have not ended, as far as memory has their events. */
    private final Set<Ticket> open = new HashSet<>();

    private final ArrayDeque<Ticket> held = new ArrayDeque<>();

    /** What an earlier start left behind is in the table. */
    private Mode mode = Mode.TABLE;

    private boolean wantsRead = true;
    private @Nullable Read reading;
    private int reads;
    private int leftToTable;
    private long catchingUpSince;
    private boolean resigned;
    private long resignedAt;

    Intake(RelaySettings settings, Lanes lanes) {
        this.lanes = lanes;
        this.memory = new Memory(settings);
    }

    Ticket ticket(ChannelRelay channel, List<EventEnvelope> events) {
        if (mode != Mode.TABLE && !memory.fits(events)) {
            leaveToTable();
        }
        if (mode == Mode.TABLE) {
            return ticketOfTable(channel);
        }
        Ticket ticket = new Ticket(channel, new ArrayList<>(events.size()));
        for (EventEnvelope event : events) {
            ticket.entries.add(take(new Entry(event, State.PENDING, 0)));
        }
        if (mode == Mode.CATCHING_UP) {
            ticket.held = true;
            held.add(ticket);
        } else {
            ticket.entries.forEach(lanes::add);
        }
        open.add(ticket);
        return ticket;
    }

    /** For events that memory does not take, whatever the mode. */
    Ticket ticketOfTable(ChannelRelay channel) {
        leftToTable++;
        return new Ticket(channel, List.of());
    }

    void committed(Ticket ticket) {
        if (endsInTable(ticket)) {
            wantsRead = true;
            return;
        }
        for (Entry entry : ticket.entries) {
            entry.state = State.COMMITTED;
            if (!ticket.held) {
                lanes.committed(entry);
            }
        }
    }

    void rolledBack(Ticket ticket) {
        if (endsInTable(ticket)) {
            wantsRead |= mode == Mode.CATCHING_UP;
            return;
        }
        dropAll(ticket);
    }

    /**
     * Only the table can tell whether these events are to be sent, and what waits may have to come after them: so all that waits is
     * left to the table, which gives it back in order.
     */
    void unknown(Ticket ticket) {
        if (!ticket.isLeftToTable()) {
            leaveWaitingToTable();
        }
        endsInTable(ticket);
        wantsRead = true;
    }

    private boolean endsInTable(Ticket ticket) {
        open.remove(ticket);
        if (ticket.isLeftToTable()) {
            leftToTable--;
            return true;
        }
        return false;
    }

    void wantRead() {
        wantsRead = true;
    }

    boolean wantsRead() {
        boolean mustWait = mode == Mode.CATCHING_UP && leftToTable > 0;
        return wantsRead && reading == null && !mustWait && memory.roomForReading() > 0;
    }

    @Nullable
    Read nextRead() {
        if (!wantsRead()) {
            return null;
        }
        wantsRead = false;
        reading = new Read(++reads, memory.roomForReading(), memory.bytesForReading(), mode == Mode.CATCHING_UP);
        return reading;
    }

    void readAnswered(Read read, Unsent answer, long now) {
        if (!read.equals(reading)) {
            return;
        }
        for (StoredEvent row : answer.events()) {
            if (!inHand.contains(row.event().id())) {
                lanes.add(take(new Entry(row.event(), State.COMMITTED, row.attempts())));
            }
        }
        endReading();
        if (!answer.complete()) {
            wantsRead = true;
        } else if (mode == Mode.TABLE) {
            catchUp(now);
        } else if (mode == Mode.CATCHING_UP && read.endsCatchingUp()) {
            releaseHeld();
            mode = Mode.MEMORY;
        }
    }

    private void catchUp(long now) {
        resigned &= leftToTable > 0 && now - resignedAt < RESIGNATION;
        if (!resigned) {
            mode = Mode.CATCHING_UP;
            catchingUpSince = now;
            wantsRead = true;
        }
    }

    void readFailed(Read read) {
        if (read.equals(reading)) {
            endReading();
            wantsRead = true;
        }
    }

    void checkPatience(long now) {
        if (mode == Mode.CATCHING_UP && now - catchingUpSince > PATIENCE) {
            leaveToTable();
            resigned = true;
            resignedAt = now;
        }
    }

    /** An event has left the lanes; its id stays in hand until it is marked. */
    void free(Entry entry) {
        if (entries.remove(entry)) {
            memory.free(entry);
        }
    }

    /** The store knows that this event is delivered, though a read that began earlier may not. */
    void forget(UUID id) {
        if (reading == null) {
            inHand.remove(id);
        } else {
            lingering.add(id);
        }
    }

    void forgetAll() {
        leaveWaitingToTable();
        List.copyOf(entries).forEach(this::drop);
        inHand.clear();
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

    private Entry take(Entry entry) {
        memory.take(entry);
        entries.add(entry);
        inHand.add(entry.event.id());
        return entry;
    }

    private void releaseHeld() {
        for (Ticket ticket : held) {
            ticket.held = false;
            ticket.entries.forEach(lanes::add);
        }
        held.clear();
    }

    /**
     * The lanes go on with what they have; what is held, and all that comes, will be read. A read under way may have passed over
     * the first of a key, which was in hand, and then return the second, which is not any more: its answer is worthless.
     */
    private void leaveToTable() {
        held.forEach(this::leaveToTable);
        held.clear();
        endReading();
        mode = Mode.TABLE;
        wantsRead = true;
    }

    /** The lanes go on with what has begun; everything else will be read. */
    private void leaveWaitingToTable() {
        leaveToTable();
        List.copyOf(open).forEach(this::leaveToTable);
        entries.stream()
                .filter(entry -> entry.state == State.COMMITTED)
                .toList()
                .forEach(this::drop);
    }

    private void leaveToTable(Ticket ticket) {
        dropAll(ticket);
        if (open.remove(ticket)) {
            leftToTable++;
        }
    }

    private void dropAll(Ticket ticket) {
        ticket.entries.forEach(this::drop);
        ticket.entries = List.of();
    }

    private void drop(Entry entry) {
        entry.state = State.GONE;
        lanes.remove(entry);
        free(entry);
        inHand.remove(entry.event.id());
    }

    private void endReading() {
        reading = null;
        inHand.removeAll(lingering);
        lingering.clear();
    }
}
