package dev.posthorn.store;

import dev.posthorn.EventNotStoredException;
import dev.posthorn.NoActiveTransactionException;
import dev.posthorn.node.Membership;
import dev.posthorn.relay.CommitTicket;
import dev.posthorn.relay.Relay;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stores the buffers of transactions, and tells the relay how these end.
 *
 * <p>The buffer is stored when the BEFORE_COMPLETION observer is called, before the persistence provider flushes. What is fired
 * later, such as inside that flush, is stored by a {@link Guard}; where even that is impossible, {@code fire} throws.
 */
public final class Storing {

    private final EventStore store;
    private final Membership membership;
    private final Relay relay;
    private final CurrentTransaction transaction;
    private final Consumer<StoreDue> observers;

    /** @param observers calls the BEFORE_COMPLETION observers, when it is time */
    public Storing(
            EventStore store,
            Membership membership,
            Relay relay,
            CurrentTransaction transaction,
            Consumer<StoreDue> observers) {
        this.store = store;
        this.membership = membership;
        this.relay = relay;
        this.transaction = transaction;
        this.observers = observers;
    }

    /**
     * The buffer of the current transaction, certain to be stored before that commits.
     *
     * @throws NoActiveTransactionException if it is too late for that
     */
    public TransactionBuffer buffer() {
        TransactionBuffer buffer = transaction.buffer();
        if (buffer == null) {
            buffer = new TransactionBuffer();
            guard(new Guard(this, buffer, transaction));
            transaction.keep(buffer);
            observers.accept(new StoreDue(buffer));
        } else if (buffer.sealed) {
            buffer.sealed = false;
            guard(new LastGuard(this, buffer));
        }
        return buffer;
    }

    private void guard(Synchronization guard) {
        try {
            transaction.atEnd(guard);
        } catch (IllegalStateException e) {
            throw new NoActiveTransactionException(
                    "The transaction is ending and can't take another event. Nothing of it was stored. Fire it earlier, or in a"
                            + " transaction of its own (REQUIRES_NEW).",
                    e);
        }
    }

    /** Stores what the buffer holds. A failure is kept in the buffer, since observers' exceptions would be swallowed. */
    public void store(TransactionBuffer buffer) {
        List<EventEnvelope> events = buffer.take();
        if (events.isEmpty() || buffer.failure != null) {
            return;
        }
        try {
            Node owner = membership.node();
            store.append(owner, events);
            buffer.tickets.add(relay.stored(owner, events));
        } catch (RuntimeException e) {
            buffer.failure = new EventNotStoredException(
                    events.size() + " integration events could not be stored, the first of them " + events.get(0)
                            + ". The transaction is rolled back; see the cause.",
                    e);
        }
    }

    /** Makes the commit fail if the buffer could not be stored. */
    void check(TransactionBuffer buffer) {
        if (buffer.failure != null) {
            throw buffer.failure;
        }
    }

    void ended(TransactionBuffer buffer, int status) {
        for (CommitTicket ticket : buffer.tickets) {
            switch (status) {
                case Status.STATUS_COMMITTED -> relay.committed(ticket);
                case Status.STATUS_ROLLEDBACK -> relay.rolledBack(ticket);
                default -> relay.unknown(ticket);
            }
        }
        buffer.tickets.clear();
    }
}
