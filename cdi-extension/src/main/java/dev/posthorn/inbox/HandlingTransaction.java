package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.Next;
import java.time.Duration;

/** The transactions that handlers work in. */
public interface HandlingTransaction {

    /**
     * Begins a transaction, does the work, and commits; whatever the work throws, rolls back and is thrown.
     *
     * @param timeout after which the transaction manager may roll back
     * @throws StoreAwayException if the transaction could not begin
     * @throws Exception what the work has thrown, or why the commit failed: then it is not known whether it has happened
     */
    void run(Duration timeout, Next work) throws Exception;

    /**
     * To be called in the transaction, after the handlers: can it still be committed?
     *
     * @throws RuntimeException if somebody has marked it for rollback without throwing
     */
    void requireCommittable();
}
