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
        } else {
            TransactionBuffer open = buffer;
            buffer.reopen(() -> guard(new LastGuard(this, open)));
        }
        return buffer;
    }

    private void guard(Synchronization guard) {
        try {
            transaction.atEnd(guard);
        } catch (IllegalStateException e) {
            throw new NoActiveTransactionException(
                    "POSTHORN-1223 The transaction is ending and can't take another event. Nothing of it was stored. Fire it earlier, or in a"
                            + " transaction of its own (REQUIRES_NEW).",
                    e);
        }
    }

    /** Stores what the buffer holds. A failure dooms the transaction, and is kept in the buffer, since observers' exceptions would be swallowed. */
    public void store(TransactionBuffer buffer) {
        if (buffer.hasFailed()) {
            return;
        }
        List<EventEnvelope> events = buffer.take();
        if (events.isEmpty()) {
            return;
        }
        try {
            Node owner = membership.node();
            List<Long> numbers = store.append(owner, events);
            keep(buffer, relay.stored(owner, events, numbers));
        } catch (RuntimeException e) {
            String what =
                    "POSTHORN-1224 " + events.size() + " integration events could not be stored, the first of them "
                            + events.get(0) + ". The transaction is rolled back; see the cause.";
            buffer.fail(events, new EventNotStoredException(what, e));
            // At once: providers that see it flush nothing more.
            transaction.doom();
        }
    }

    private void keep(TransactionBuffer buffer, CommitTicket ticket) {
        if (!buffer.keep(ticket)) {
            // Nobody would ever end this ticket, and its events would hold up their keys.
            relay.rolledBack(ticket);
        }
    }

    void ended(TransactionBuffer buffer, int status) {
        for (CommitTicket ticket : buffer.end()) {
            switch (status) {
                case Status.STATUS_COMMITTED -> relay.committed(ticket);
                case Status.STATUS_ROLLEDBACK -> relay.rolledBack(ticket);
                default -> relay.unknown(ticket);
            }
        }
        if (status == Status.STATUS_COMMITTED) {
            List<EventEnvelope> lost = buffer.take();
            if (!lost.isEmpty()) {
                StoreLog.lost(lost);
            }
        }
    }
}
