package dev.posthorn.store;

import dev.posthorn.relay.CommitTicket;
import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one transaction until they are stored, in firing order. An event takes its place when its {@code fire} begins and
 * counts when that has called all observers: one whose {@code fire} threw is not published, and what an observer fires in reaction
 * comes after what it reacts to. Used by the transaction's threads, one at a time; only {@link #end} may be called by another one
 * meanwhile, since a transaction that times out is ended by the server's own thread.
 */
public final class TransactionBuffer {

    private List<Place> places = new ArrayList<>(2);
    private boolean sealed;
    private @Nullable RuntimeException failure;

    private final List<CommitTicket> tickets = new ArrayList<>(1);
    private boolean ended;

    private static final class Place {

        private final Object event;
        private final EventEnvelope envelope;
        private boolean counts;

        Place(Object event, EventEnvelope envelope) {
            this.event = event;
            this.envelope = envelope;
        }
    }

    /** The event's place is taken. */
    public void begin(Object event, EventEnvelope envelope) {
        places.add(new Place(event, envelope));
    }

    /** An event that counts at once. */
    public void add(EventEnvelope envelope) {
        Place place = new Place(envelope, envelope);
        place.counts = true;
        places.add(place);
    }

    /**
     * The event that has begun counts.
     *
     * @return false if it has not begun in this transaction
     */
    public boolean confirm(Object event) {
        for (int i = places.size() - 1; i >= 0; i--) {
            Place place = places.get(i);
            if (!place.counts && place.event == event) {
                place.counts = true;
                return true;
            }
        }
        return false;
    }

    /** The events that count and have not been taken yet. */
    List<EventEnvelope> take() {
        List<EventEnvelope> taken = new ArrayList<>(places.size());
        List<Place> left = new ArrayList<>(0);
        for (Place place : places) {
            if (place.counts) {
                taken.add(place.envelope);
            } else {
                left.add(place);
            }
        }
        places = left;
        return taken;
    }

    /** The last synchronization has passed: nobody would store what comes now. */
    void seal() {
        sealed = true;
    }

    /**
     * Lets events in again after the last synchronization, if that has passed.
     *
     * @param register registers another one; while it throws, the buffer stays sealed
     */
    void reopen(Runnable register) {
        if (sealed) {
            register.run();
            sealed = false;
        }
    }

    /** These events could not be stored, so the transaction must not commit. */
    void fail(List<EventEnvelope> unstored, RuntimeException reason) {
        unstored.forEach(this::add);
        failure = reason;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Makes the commit fail if storing has failed. */
    void requireStored() {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Keeps what the relay noted of stored events until the transaction ends.
     *
     * @return false if it has ended meanwhile, by its time-out
     */
    synchronized boolean keep(CommitTicket ticket) {
        return !ended && tickets.add(ticket);
    }

    /** The transaction has ended. Answers with all that was kept. */
    synchronized List<CommitTicket> end() {
        ended = true;
        List<CommitTicket> kept = List.copyOf(tickets);
        tickets.clear();
        return kept;
    }
}
