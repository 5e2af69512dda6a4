package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events that a channel has in hand: those in its lanes, and those that are delivered and not yet marked. An event leaves by being
 * delivered and then marked, or goes back to the table. Guarded by the channel's monitor.
 */
final class Holdings {

    private final Lanes lanes;
    private final Destinations destinations;
    private final Memory memory;
    private final Backlog backlog;

    /** The numbers of all events in the lanes, or delivered and not yet marked; read by the store while it answers. */
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();

    /** Events in the lanes, by their numbers. */
    private final Map<Long, Entry> entries = new HashMap<>();

    Holdings(Lanes lanes, Destinations destinations, Memory memory, Backlog backlog) {
        this.lanes = lanes;
        this.destinations = destinations;
        this.memory = memory;
        this.backlog = backlog;
    }

    // --- what comes

    /** An event whose transaction has not ended. */
    Entry takePending(Long seq, EventEnvelope event) {
        Entry entry = Entry.pending(seq, event, destinations.of(event.topic()));
        take(entry);
        return entry;
    }

    /**
     * An event from the table.
     *
     * @return whether it was not in hand
     */
    boolean takeUnlessInHand(StoredEvent row, Destination destination) {
        boolean isNew = !inHand.contains(row.seq());
        if (isNew) {
            Entry entry = Entry.stored(row, destination);
            destination.recall(entry);
            take(entry);
        }
        return isNew;
    }

    private void take(Entry entry) {
        memory.take(entry);
        entry.destination.entries++;
        entries.put(entry.seq, entry);
        inHand.add(entry.seq);
        lanes.add(entry);
    }

    // --- what is delivered

    /** An event is delivered; its number stays in hand until it is marked. */
    void delivered(Entry entry) {
        lanes.delivered(entry);
        free(entry);
    }

    /** The same for one that was left to the table before: it is not to be read any more. */
    void hold(Entry entry) {
        inHand.add(entry.seq);
    }

    /** The store knows that it is delivered. */
    void marked(Long seq) {
        inHand.remove(seq);
    }

    // --- what goes back to the table

    /** Takes out an event that has not been delivered: it is rolled back, or the table has it. */
    void drop(Entry entry) {
        entry.state = State.GONE;
        lanes.remove(entry);
        free(entry);
        inHand.remove(entry.seq);
    }

    private void free(Entry entry) {
        if (entries.remove(entry.seq, entry)) {
            memory.free(entry);
            entry.destination.entries--;
            if (entry.destination.isPassedOver()) {
                destinations.changed();
            }
        }
    }

    /** Leaves an event to the table, in whatever state it is there. */
    void leave(Entry entry) {
        putBack(entry);
        backlog.wantRead();
    }

    /** If it was sent, it may have been taken after all. */
    private void putBack(Entry entry) {
        drop(entry);
        if (entry.send > 0) {
            entry.state = State.SETTLED;
        }
    }

    /** The same for an event that waits for its turn and all that are behind it, but for those of open transactions. */
    void leaveFrom(Entry first) {
        dropFrom(first);
        backlog.wantRead();
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
            putBack(waiting.get(i));
        }
    }

    /** Leaves an event that can't be sent to the table, which is not read again for it. */
    void passOver(Entry entry) {
        boolean hasFollowers = entry.behind != null;
        entry.destination.remember(entry);
        dropFrom(entry);
        if (hasFollowers) {
            backlog.readFollowers();
        }
    }

    /** The same for all events of a destination that wait. */
    void passOver(Destination destination) {
        passOverAll(each -> each == destination);
    }

    private void passOverAll(Predicate<Destination> destination) {
        for (Entry each : List.copyOf(entries.values())) {
            if (each.state == State.COMMITTED && destination.test(each.destination)) {
                passOver(each);
            }
        }
    }

    /** Leaves to the table what is of destinations that take nothing, since others need the room. */
    void makeRoom(boolean forSure) {
        if (destinations.canMakeRoom(forSure)) {
            destinations.makeRoom(forSure);
            passOverAll(Destination::isPassedOver);
        }
    }

    /** Leaves all events to the table that have not been delivered. */
    void forgetEntries() {
        List.copyOf(entries.values()).forEach(this::drop);
    }

    void forgetAll() {
        forgetEntries();
        inHand.clear();
    }

    // --- what is here

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
    Entry entry(Long seq) {
        return entries.get(seq);
    }

    Set<Long> inHand() {
        return inHand;
    }

    /** Whether there is anything that does not wait for a destination that has failed. */
    boolean hasWork() {
        // What is behind the head of a lane waits for it.
        return entries.values().stream().anyMatch(each -> each.ahead == null && !each.destination.hasFailed());
    }

    /** How many are delivered and not marked. */
    int unmarked() {
        return inHand.size() - memory.events();
    }
}
