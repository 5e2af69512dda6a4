package dev.posthorn.store;

import dev.posthorn.relay.CommitTicket;
import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one transaction until they are stored, in firing order. An event takes its place when its {@code fire} begins and
 * counts when that has called all observers: one whose {@code fire} threw is not published, and what an observer fires in reaction
 * comes after what it reacts to. Used by the transaction's threads, one at a time.
 */
public final class TransactionBuffer {

    private List<Place> places = new ArrayList<>(2);

    /** What the relay noted of the events that are stored. */
    final List<CommitTicket> tickets = new ArrayList<>(1);

    /** Why the transaction must not commit. */
    @Nullable
    RuntimeException failure;

    /** Whether the last synchronization has passed, so that what comes now needs another. */
    boolean sealed;

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
}
