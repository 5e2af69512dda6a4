package dev.posthorn.channel;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.StoredEvent;
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
        /** It seems to be this event that can't be sent, but the transport still has it: what follows depends on the answer. */
        UNANSWERED,
        /** Failed for this time: the table is about to know. */
        SETTLING,
        /** Its failure is in the table, and nothing more is known here; an acknowledgement may still come. */
        SETTLED,
        /** Acknowledged, rolled back or forgotten: nothing that arrives for it matters. */
        GONE
    }

    final EventEnvelope event;
    final Destination destination;

    /** Its number in the store, by which everything here names it. */
    final Long seq;

    /** Whether it was read, and did not come straight from a transaction. */
    final boolean isFromTable;

    State state;

    /** Counted failures. */
    int attempts;

    /** Whether nothing but the entries ahead of it in its lane comes before it. */
    boolean mayGo;

    /** The question under way about its turn; 0 if there is none, or if what it was about has changed. */
    int question;

    /** Whether something that is not in its lane was in its way, since when, and when to ask again. */
    boolean blocked;

    long blockedSince;
    long askAt;

    /** When the send under way began. */
    long since;

    /** The number of its last send: an answer counts as a failure only if it is for that one. 0 if there was none. */
    long send;

    /** The number of the send with which the transport last got it: later ones may only have waited for the answer to that one. */
    long handed;

    /** The number of the send that will be told of the answer, if one is to come. */
    long awaited;

    /** Whether its last send was the retrier's. */
    boolean retried;

    /** Whether a failure was forgiven since one was last counted. */
    boolean forgiven;

    /** The number of the first of its sends that have failed without being counted, or else of the last one. */
    long firstSend;

    /** Whether a send failed without being counted. */
    boolean suspect;

    /** Its neighbours among the entries of its key, see {@link Lanes}. */
    @Nullable
    Entry ahead;

    @Nullable
    Entry behind;

    private Entry(Long seq, EventEnvelope event, Destination destination, boolean isFromTable, int attempts) {
        this.seq = seq;
        this.event = event;
        this.destination = destination;
        this.isFromTable = isFromTable;
        this.state = isFromTable ? State.COMMITTED : State.PENDING;
        this.attempts = attempts;
        this.mayGo = event.orderKey() == null;
    }

    /** An event whose transaction has not ended. */
    static Entry pending(Long seq, EventEnvelope event, Destination destination) {
        return new Entry(seq, event, destination, false, 0);
    }

    /** An event from the table. */
    static Entry stored(StoredEvent row, Destination destination) {
        return new Entry(row.seq(), row.event(), destination, true, row.attempts());
    }

    int size() {
        return event.data().length;
    }

    boolean isToAsk() {
        return state == State.COMMITTED && !mayGo;
    }

    /** Whether nothing has been done with it yet. */
    boolean isWaiting() {
        return state == State.COMMITTED || state == State.PENDING;
    }

    /** Whether another entry may still be put ahead of it. */
    boolean isMovable() {
        return !mayGo && isWaiting();
    }
}
