package dev.posthorn.store;

import jakarta.transaction.Synchronization;

/**
 * Registered at the first event of a transaction. The last word belongs to {@link LastGuard}, which this one registers when the
 * transaction completes: only then is it called after the synchronizations of every EntityManager that has joined meanwhile.
 */
record Guard(Storing storing, TransactionBuffer buffer, CurrentTransaction transaction) implements Synchronization {

    @Override
    public void beforeCompletion() {
        // A failure may have doomed the transaction, which then takes no more synchronizations.
        buffer.requireStored();
        transaction.atEnd(new LastGuard(storing, buffer));
    }

    @Override
    public void afterCompletion(int status) {
        storing.ended(buffer, status);
    }
}
