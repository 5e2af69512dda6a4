package dev.posthorn.store;

import jakarta.transaction.Synchronization;

/** Stores what was fired too late for the BEFORE_COMPLETION observer, and makes the commit fail where storing failed. */
record LastGuard(Storing storing, TransactionBuffer buffer) implements Synchronization {

    @Override
    public void beforeCompletion() {
        buffer.seal();
        storing.store(buffer);
        buffer.requireStored();
    }

    /** {@link Guard} reports the end of the transaction. */
    @Override
    public void afterCompletion(int status) {}
}
