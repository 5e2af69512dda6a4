package dev.posthorn.channel;

import dev.posthorn.channel.Backlog.Mode;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How events come from the table: what has overflowed is read in portions, what is passed over one by one, when its destination is to
 * be tried. Guarded by the channel's monitor.
 *
 * <p>What comes in the wrong order does no harm: an ordered event is sent only when the store has said that it is its turn.
 */
final class Reads {

    /** What else there is to be read comes with it. */
    private static final int MOST_TO_TRY = 100;

    private final Lanes lanes;
    private final Destinations destinations;
    private final Memory memory;
    private final Backlog backlog;
    private final Holdings holdings;
    private final Tickets tickets;

    /** Marked while a read is under way, whose answer may still hold them. */
    private final Set<Long> lingering = new HashSet<>();

    private @Nullable Read reading;
    private int reads;

    /** What {@link Backlog#changes} was when the read under way began. */
    private int changesBeforeRead;

    Reads(Lanes lanes, Destinations destinations, Memory memory, Backlog backlog, Holdings holdings, Tickets tickets) {
        this.lanes = lanes;
        this.destinations = destinations;
        this.memory = memory;
        this.backlog = backlog;
        this.holdings = holdings;
        this.tickets = tickets;
    }

    // --- a read begins

    boolean isWanted() {
        return backlog.isWanted() && reading == null && (roomForReading() > 0 || destinations.canMakeRoom(false));
    }

    private int roomForReading() {
        return backlog.mode() == Mode.MEMORY ? memory.roomBesideMemory() : memory.roomForReading();
    }

    @Nullable
    Read next() {
        if (!isWanted()) {
            return null;
        }
        if (roomForReading() == 0) {
            holdings.makeRoom(false);
        }
        if (roomForReading() == 0) {
            return null;
        }
        return begin(backlog.begin(), destinations.passedOver(), roomForReading(), null);
    }

    /** Reads on to the next event of a destination that is passed over, so that it can be tried. */
    @Nullable
    Read toTry(Destination destination, long now) {
        if (reading != null || roomForReading() == 0) {
            return null;
        }
        if (destination.entries > 0) {
            holdings.passOver(destination);
        }
        if (destination.ends > 1) {
            destination.ends = 0;
        }
        destination.readAt = now;
        Set<String> others = new HashSet<>(destinations.passedOver());
        others.remove(destination.topic);
        int most = backlog.mode() == Mode.MEMORY ? 1 : Math.min(MOST_TO_TRY, roomForReading());
        return begin(destination.triedTo, Set.copyOf(others), most, destination.topic);
    }

    private Read begin(long after, Set<String> exceptTopics, int maxEvents, @Nullable String topic) {
        changesBeforeRead = backlog.changes();
        reading = new Read(++reads, after, exceptTopics, maxEvents, memory.bytesForReading(), topic);
        return reading;
    }

    // --- a read ends

    void answered(Read read, Unsent answer) {
        if (!read.equals(reading)) {
            return;
        }
        if (read.topic() == null) {
            answer.events().forEach(this::takeUnlessPassedOver);
            end();
            conclude(read, answer);
        } else {
            Destination destination = destinations.of(read.topic());
            boolean found = takeOneOf(destination, answer.events());
            end();
            if (found) {
                destination.ends = 0;
                destination.onlyOneAsOf = isOnlyOne(destination, read, answer) ? changesBeforeRead : 0;
            } else {
                concludeWithoutOneOf(destination, read, answer);
            }
        }
    }

    /** The store did not answer. */
    void failed(Read read) {
        if (read.equals(reading)) {
            end();
            backlog.readOn();
        }
    }

    private void end() {
        reading = null;
        lingering.forEach(holdings::marked);
        lingering.clear();
    }

    private void conclude(Read read, Unsent answer) {
        if (!answer.complete()) {
            readOn(answer.events());
        } else if (!read.isFromStart()) {
            backlog.wantRead();
        } else {
            backlog.useMemory();
        }
    }

    private void readOn(List<StoredEvent> events) {
        if (events.isEmpty()) {
            backlog.readOn();
        } else {
            backlog.readOn(events.get(events.size() - 1).seq());
        }
    }

    /** It may be passed over since the read began. */
    private void takeUnlessPassedOver(StoredEvent row) {
        Destination destination = destinations.of(row.event().topic());
        if (!destination.isPassedOver()) {
            holdings.takeUnlessInHand(row, destination);
        }
    }

    private boolean takeOneOf(Destination destination, List<StoredEvent> rows) {
        for (StoredEvent row : rows) {
            destination.triedTo = row.seq();
            if (!row.event().topic().equals(destination.topic)) {
                takeUnlessPassedOver(row);
            } else if (!lanes.isOccupied(row.event().orderKey()) && holdings.takeUnlessInHand(row, destination)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the table had no other one when this one was read. */
    private static boolean isOnlyOne(Destination destination, Read read, Unsent answer) {
        return eventsOf(destination, answer) == 1 && answer.complete() && read.isFromStart();
    }

    private void concludeWithoutOneOf(Destination destination, Read read, Unsent answer) {
        boolean none = eventsOf(destination, answer) == 0;
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

    private static long eventsOf(Destination destination, Unsent answer) {
        return answer.events().stream()
                .filter(row -> row.event().topic().equals(destination.topic))
                .count();
    }

    // --- what is known of the table

    /** What came from the table, or goes back to it, is all that there is of its destination, as far as can be known. */
    boolean isOnlyOneKnown(Entry entry) {
        Destination destination = entry.destination;
        boolean knowsAll = destination.isPassedOver()
                ? destination.onlyOneAsOf == backlog.changes()
                : backlog.mode() == Mode.MEMORY && !backlog.isWanted() && reading == null;
        return knowsAll && destination.entries == 1;
    }

    /** The store knows that this event is delivered, though a read that began earlier may not. */
    void marked(Long seq) {
        if (reading == null) {
            holdings.marked(seq);
        } else {
            lingering.add(seq);
        }
    }

    /** There are rows in the table that were passed over. */
    void overflow() {
        // What is being read does not have them.
        readFromStart();
        tickets.overflow();
    }

    /** Memory has forgotten what was read. */
    void readFromStart() {
        end();
        backlog.useTable();
        backlog.wantRead();
    }
}
