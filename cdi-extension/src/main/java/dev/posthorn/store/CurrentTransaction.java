package dev.posthorn.store;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.jspecify.annotations.Nullable;

/** The JTA transaction of the calling thread, and the buffer that is kept with it. */
public final class CurrentTransaction {

    /** What can still be done in it. */
    public enum Phase {
        /** It can commit, with all that is stored now. */
        OPEN,
        /** It rolls back, whatever is done. */
        DOOMED,
        /** There is none, or it has ended. */
        NONE
    }

    private final TransactionSynchronizationRegistry registry;
    private final Object key = new Object();

    public CurrentTransaction(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    public Phase phase() {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE, Status.STATUS_PREPARING -> Phase.OPEN;
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK -> Phase.DOOMED;
            default -> Phase.NONE;
        };
    }

    @Nullable
    TransactionBuffer buffer() {
        return (TransactionBuffer) registry.getResource(key);
    }

    void keep(TransactionBuffer buffer) {
        registry.putResource(key, buffer);
    }

    /** From now on it can only roll back: persistence providers flush nothing into it any more. */
    void doom() {
        try {
            registry.setRollbackOnly();
        } catch (IllegalStateException e) {
            // Its time-out has ended it, and did the same.
        }
    }

    /** Synchronizations registered later are called later, and all of them after the persistence provider's flush. */
    void atEnd(Synchronization synchronization) {
        registry.registerInterposedSynchronization(synchronization);
    }
}
