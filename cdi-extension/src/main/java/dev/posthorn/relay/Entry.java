package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import org.jspecify.annotations.Nullable;

/** One unsent event in the memory of a channel. Guarded by the channel's monitor. */
final class Entry {

    enum State {
        /** Its transaction has not ended. */
        PENDING,
        /** Committed, and waiting for its turn. */
        COMMITTED,
        /** Handed to the transport, which has not answered. */
        SENDING,
        /** Given to the retrier, which has not answered. */
        RETRYING,
        /** Waiting until its next attempt is due. */
        DELAYED,
        /** Acknowledged, rolled back or forgotten: nothing that arrives for it matters. */
        GONE
    }

    final EventEnvelope event;
    State state;

    /** Counted failures. */
    int attempts;

    /** When the send under way began, or the delay ends. */
    long since;

    /** Tells the sends of this event apart: an answer counts as a failure only if it is for the last one. */
    int send;

    /** Whether that send was to find out if the broker is back. */
    boolean probe;

    /** How many acknowledgements the channel had when the first of its uncounted sends began. */
    long acknowledgedBefore;

    /** Whether a send failed without being counted. */
    boolean suspect;

    /** Its neighbours among the entries of its key, see {@link Lanes}. */
    @Nullable
    Entry ahead;

    @Nullable
    Entry behind;

    Entry(EventEnvelope event, State state, int attempts) {
        this.event = event;
        this.state = state;
        this.attempts = attempts;
    }

    int size() {
        return event.data().length;
    }
}
