package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.NoActiveTransactionException;
import dev.posthorn.capture.Envelopes.Deviations;
import dev.posthorn.config.NoTransaction;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.store.CurrentTransaction;
import dev.posthorn.store.CurrentTransaction.Phase;
import dev.posthorn.store.Storing;
import dev.posthorn.store.TransactionBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the snapshots of what is fired. {@link #fireBegins} and {@link #fireEnds} frame the application's own observers: the first
 * gives an event its place in the firing order, the second makes it count, which an observer that throws prevents.
 */
public final class Capture {

    private final PublishedTypes types;
    private final Envelopes envelopes;
    private final CurrentTransaction transaction;
    private final Storing storing;
    private final NoTransaction noTransaction;
    private final Consumer<Runnable> ownTransaction;

    /** @param ownTransaction runs a task in a transaction of its own */
    public Capture(
            PublishedTypes types,
            Envelopes envelopes,
            CurrentTransaction transaction,
            Storing storing,
            NoTransaction noTransaction,
            Consumer<Runnable> ownTransaction) {
        this.types = types;
        this.envelopes = envelopes;
        this.transaction = transaction;
        this.storing = storing;
        this.noTransaction = noTransaction;
        this.ownTransaction = ownTransaction;
    }

    /** An event of any kind is about to be shown to its observers. */
    public void fireBegins(Object event) {
        Object meant = Proxies.behind(event);
        Optional<PublishedType> type = types.of(meant.getClass());
        if (type.isEmpty()) {
            return;
        }
        Phase phase = transaction.phase();
        if (phase == Phase.OPEN) {
            EventEnvelope snapshot = envelopes.snapshot(meant, type.get(), Deviations.NONE);
            storing.buffer().begin(event, snapshot);
        } else if (phase == Phase.NONE) {
            requireOwnTransactions(event);
        }
    }

    /** All observers have been called, and none threw. */
    public void fireEnds(Object event) {
        Object meant = Proxies.behind(event);
        Optional<PublishedType> type = types.of(meant.getClass());
        if (type.isPresent()
                && !(transaction.phase() == Phase.OPEN && storing.buffer().confirm(event))) {
            // There was no transaction when fire began, or there is another one now.
            publish(List.of(envelopes.snapshot(meant, type.get(), Deviations.NONE)), event);
        }
    }

    /** An event was fired with {@code fireAsync}, whose observers are called outside the caller's transaction. */
    public void firedAsync(Object event) {
        Object meant = Proxies.behind(event);
        Optional<PublishedType> type = types.of(meant.getClass());
        if (type.isEmpty()) {
            return;
        }
        if (noTransaction == NoTransaction.REJECT) {
            throw new NoActiveTransactionException(
                    "POSTHORN-1216 " + event.getClass().getName()
                            + " was fired with fireAsync, which leaves the caller's transaction behind. It was not published. Use fire inside a"
                            + " transaction, or set posthorn.no-transaction=new to store such events in transactions of their own.");
        }
        publish(List.of(envelopes.snapshot(meant, type.get(), Deviations.NONE)), event);
    }

    EventEnvelope snapshot(Object event, Deviations deviations) {
        Object meant = Proxies.behind(event);
        PublishedType type = types.of(meant.getClass())
                .orElseThrow(
                        () -> new EventNotPublishableException(
                                "POSTHORN-1215 " + event.getClass().getName()
                                        + " is not an integration event. It was not published. Annotate the class with @IntegrationEvent."));
        return envelopes.snapshot(meant, type, deviations);
    }

    /** Publishes snapshots without showing the events to observers. */
    void publish(List<EventEnvelope> snapshots, Object event) {
        switch (transaction.phase()) {
            case OPEN -> buffer(snapshots);
            case NONE -> {
                requireOwnTransactions(event);
                ownTransaction.accept(() -> buffer(snapshots));
            }
            case DOOMED -> {
                // It shares the fate of the transaction it was fired in.
            }
        }
    }

    private void buffer(List<EventEnvelope> snapshots) {
        TransactionBuffer buffer = storing.buffer();
        snapshots.forEach(buffer::add);
    }

    private void requireOwnTransactions(Object event) {
        if (noTransaction == NoTransaction.REJECT) {
            throw new NoActiveTransactionException(
                    "POSTHORN-1217 " + event.getClass().getName()
                            + " was fired without an active transaction. It was not published. Fire it inside a JTA transaction (@Transactional, an"
                            + " EJB, UserTransaction), or set posthorn.no-transaction=new to store such events in transactions of their own.");
        }
    }
}
