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

    /** What else there is to be read comes with it. */
    private static final int MOST_TO_TRY = 100;

    private final Lanes lanes;
    private final Destinations destinations;
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

    /** How often something may have become unsent that was not, and how often it was when the read under way began. */
    private int changes = 1;

    private int changesBeforeRead;
    private long readTo;
    private @Nullable Read reading;
    private int reads;

    Intake(ChannelSettings settings, Lanes lanes, Destinations destinations) {
        this.lanes = lanes;
        this.destinations = destinations;
        this.memory = new Memory(settings);
    }

    Ticket ticket(Channel channel, List<EventEnvelope> events, long now) {
        List<EventEnvelope> wanted = wanted(events);
        if (mode == Mode.MEMORY && !memory.fits(wanted)) {
            makeRoom(true);
            wanted = wanted(events);
            mode = memory.fits(wanted) ? Mode.MEMORY : Mode.TABLE;
        }
        if (mode == Mode.TABLE) {
            return open(new Ticket(channel, now, List.of(), !wanted.isEmpty()));
        }
        Ticket ticket = new Ticket(channel, now, new ArrayList<>(wanted.size()), false);
        for (EventEnvelope event : wanted) {
            Entry entry = Entry.pending(event, destinations.of(event.topic()));
            ticket.entries.add(entry);
            take(entry);
        }
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

    /** For events that memory does not take, whatever the mode. */
    Ticket ticketOfTable(Channel channel, long now) {
        return new Ticket(channel, now, List.of(), true);
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
        changes++;
        wantsRead = true;
        fromStart = true;
    }

    boolean wantsRead() {
        return wantsRead && reading == null && (roomForReading() > 0 || destinations.canMakeRoom(false));
    }

    private int roomForReading() {
        return mode == Mode.MEMORY ? memory.roomBesideMemory() : memory.roomForReading();
    }

    /** What came from the table, or goes back to it, is all that there is of its destination, as far as can be known. */
    boolean isOnlyOneKnown(Entry entry) {
        Destination destination = entry.destination;
        boolean knowsAll = destination.isPassedOver()
                ? destination.onlyOneAsOf == changes
                : mode == Mode.MEMORY && !wantsRead && reading == null;
        return knowsAll && destination.entries == 1;
    }

    /** Nobody knows what has become in the table of what waits here in order: of this destination, or of all. */
    void askAgain(@Nullable Destination destination) {
        for (Entry each : entries.values()) {
            boolean isMeant = destination == null || destination == each.destination;
            if (isMeant && each.state == State.COMMITTED && each.mayGo && each.event.orderKey() != null) {
                lanes.askAgain(each);
            }
        }
    }

    @Nullable
    Read nextRead() {
        if (!wantsRead()) {
            return null;
        }
        if (roomForReading() == 0) {
            makeRoom(false);
        }
        if (roomForReading() == 0) {
            return null;
        }
        if (fromStart) {
            readTo = 0;
        }
        wantsRead = false;
        fromStart = false;
        return begin(readTo, destinations.passedOver(), roomForReading(), null);
    }

    /** Reads on to the next event of a destination that is passed over, so that it can be tried. */
    @Nullable
    Read readToTry(Destination destination, long now) {
        if (reading != null || roomForReading() == 0) {
            return null;
        }
        if (destination.entries > 0) {
            leaveToTable(destination);
        }
        if (destination.ends > 1) {
            destination.ends = 0;
        }
        destination.readAt = now;
        Set<String> others = new HashSet<>(destinations.passedOver());
        others.remove(destination.topic);
        int most = mode == Mode.MEMORY ? 1 : Math.min(MOST_TO_TRY, roomForReading());
        return begin(destination.triedTo, Set.copyOf(others), most, destination.topic);
    }

    private Read begin(long after, Set<String> exceptTopics, int maxEvents, @Nullable String topic) {
        changesBeforeRead = changes;
        reading = new Read(++reads, after, exceptTopics, maxEvents, memory.bytesForReading(), topic);
        return reading;
    }

    void readAnswered(Read read, Unsent answer) {
        if (!read.equals(reading)) {
            return;
        }
        if (read.topic() == null) {
            answer.events().forEach(this::takeUnlessPassedOver);
            endReading();
            conclude(read, answer);
        } else {
            Destination destination = destinations.of(read.topic());
            boolean found = takeOneOf(destination, answer.events());
            endReading();
            if (found) {
                destination.ends = 0;
                destination.onlyOneAsOf = isOnlyOne(destination, read, answer) ? changesBeforeRead : 0;
            } else {
                concludeWithoutOneOf(destination, read, answer);
            }
        }
    }

    private void conclude(Read read, Unsent answer) {
        if (!answer.complete()) {
            readOn(answer.events());
        } else if (!read.isFromStart()) {
            wantRead();
        } else {
            mode = Mode.MEMORY;
        }
    }

    /** It may be passed over since the read began. */
    private boolean takeUnlessPassedOver(StoredEvent row) {
        Destination destination = destinations.of(row.event().topic());
        return !destination.isPassedOver() && takeUnlessInHand(row, destination);
    }

    private boolean takeUnlessInHand(StoredEvent row, Destination destination) {
        boolean isNew = !inHand.contains(row.event().id());
        if (isNew) {
            Entry entry = Entry.stored(row, destination);
            destination.recall(entry);
            take(entry);
        }
        return isNew;
    }

    private boolean takeOneOf(Destination destination, List<StoredEvent> rows) {
        for (StoredEvent row : rows) {
            destination.triedTo = row.seq();
            if (!row.event().topic().equals(destination.topic)) {
                takeUnlessPassedOver(row);
            } else if (!lanes.isOccupied(row.event().orderKey()) && takeUnlessInHand(row, destination)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the table had no other one when this one was read. */
    private static boolean isOnlyOne(Destination destination, Read read, Unsent answer) {
        long rows = answer.events().stream()
                .filter(row -> row.event().topic().equals(destination.topic))
                .count();
        return rows == 1 && answer.complete() && read.isFromStart();
    }

    private void concludeWithoutOneOf(Destination destination, Read read, Unsent answer) {
        boolean none =
                answer.events().stream().noneMatch(row -> row.event().topic().equals(destination.topic));
        if (none && answer.complete() && read.isFromStart() && destination.entries == 0) {
            // Somebody has settled all of them.
            destinations.readAgain(destination);
            overflow();
        } else if (answer.complete()) {
            destination.triedTo = 0;
            destination.ends++;
        }
        destinations.changed();
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
        dropFrom(first);
        wantRead();
    }

    private void dropFrom(Entry first) {
        List<Entry> waiting = new ArrayList<>();
        for (Entry each = first; each != null; each = each.behind) {
            if (each.state == State.COMMITTED) {
                waiting.add(each);
            }
        }
        // The last one first: whatever is behind one that leaves has to ask again.
        for (int i = waiting.size() - 1; i >= 0; i--) {
            drop(waiting.get(i));
        }
    }

    /** Leaves an event that can't be sent to the table, which is not read again for it. */
    void leaveToTable(Entry entry) {
        boolean hasFollowers = entry.behind != null;
        entry.destination.remember(entry);
        dropFrom(entry);
        wantsRead |= hasFollowers;
        fromStart |= hasFollowers && mode == Mode.MEMORY;
        if (entry.send > 0) {
            // It may have been taken after all.
            entry.state = State.SETTLED;
        }
    }

    /** Leaves to the table what is of destinations that take nothing, since others need the room. */
    private void makeRoom(boolean forSure) {
        if (destinations.canMakeRoom(forSure)) {
            destinations.makeRoom(forSure);
            for (Entry each : List.copyOf(entries.values())) {
                if (each.state == State.COMMITTED && each.destination.isPassedOver()) {
                    leaveToTable(each);
                }
            }
        }
    }

    private void leaveToTable(Destination destination) {
        for (Entry each : List.copyOf(entries.values())) {
            if (each.state == State.COMMITTED && each.destination == destination) {
                leaveToTable(each);
            }
        }
    }

    /** There are rows in the table that were passed over. */
    void overflow() {
        // What is read now does not have them.
        endReading();
        mode = Mode.TABLE;
        wantRead();
        open.forEach(ticket -> ticket.rowsToCome = true);
    }

    /** Leaves all events to the table that have not been delivered. */
    void forgetEntries() {
        List.copyOf(entries.values()).forEach(this::drop);
        open.forEach(Ticket::leaveToTable);
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

    /** Whether there is anything that does not wait for a destination that has failed. */
    boolean hasWork() {
        // What is behind the head of a lane waits for it.
        return entries.values().stream().anyMatch(each -> each.ahead == null && !each.destination.hasFailed());
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
        entry.destination.entries++;
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
            entry.destination.entries--;
            if (entry.destination.isPassedOver()) {
                destinations.changed();
            }
        }
    }

    private void endReading() {
        reading = null;
        inHand.removeAll(lingering);
        lingering.clear();
    }
}
