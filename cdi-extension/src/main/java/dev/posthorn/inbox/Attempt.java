package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventNotHandledException;
import dev.posthorn.inbox.Work.Boundary;
import dev.posthorn.log.FailureText;
import dev.posthorn.spi.ContentionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at the work of handlers, in one transaction. Only the transaction decides whether it has happened: middleware outside may
 * hide a failure, or fail after the commit.
 */
final class Attempt implements Boundary {

    private static final int REPETITIONS = 5;

    /** What the store is asked in the transaction, before the handlers work and after. */
    interface Fence {

        /**
         * @return whether the handlers are to work
         * @throws ContentionException if the transaction is to be repeated
         */
        boolean enter();

        /** Notes what has been done. */
        void leave();
    }

    /** How an attempt ended. */
    enum Result {
        /** It is committed, or there was nothing to be done. */
        DONE,
        FAILED,
        /** The store did not answer before any handler had worked. */
        STORE_AWAY,
        /** The server has interrupted the thread, as it does when it stops. */
        INTERRUPTED
    }

    private final HandlingTransaction transaction;
    private final Duration timeout;
    private final Fence fence;

    private @Nullable Throwable failure;
    private boolean entered;
    private boolean worked;
    private boolean committed;

    Attempt(HandlingTransaction transaction, Duration timeout, Fence fence) {
        this.transaction = transaction;
        this.timeout = timeout;
        this.fence = fence;
    }

    /** The work of the attempt, which is done in the boundary. */
    interface Body {
        void inside(Boundary boundary) throws Exception;
    }

    Result perform(Body body) {
        try {
            body.inside(this);
        } catch (EventNotHandledException e) {
            // What around() says to middleware; thrown by anybody else it is a failure like any other.
            if (!committed && failure == null) {
                failure = e;
            }
        } catch (Throwable e) {
            if (committed) {
                InboxLog.failedAfterCommit(e);
            } else if (failure == null) {
                failure = e;
            }
        }
        if (committed || failure == null) {
            return Result.DONE;
        }
        if (isInterruption(failure)) {
            return Result.INTERRUPTED;
        }
        return entered && !worked ? Result.STORE_AWAY : Result.FAILED;
    }

    private static boolean isInterruption(Throwable failure) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        return FailureText.chainOf(failure).stream().anyMatch(InterruptedException.class::isInstance);
    }

    /** Why it has failed. */
    Throwable failure() {
        return failure == null ? new IllegalStateException("nothing has failed") : failure;
    }

    @Override
    public void around(Next handlers) throws Exception {
        failure = null;
        entered = true;
        worked = false;
        try {
            repeatedly(handlers);
            committed = true;
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
        if (!worked) {
            throw new EventNotHandledException(
                    "No handler was called, and none has failed: the event is known already, or waits for"
                            + " an earlier one of its key, or another node is at it. Nothing is to be done.");
        }
    }

    /** A transaction that met contention before any handler has worked is repeated at once. */
    private void repeatedly(Next handlers) throws Exception {
        for (int repetition = 1; ; repetition++) {
            try {
                transaction.run(timeout, () -> inTransaction(handlers));
                return;
            } catch (EnterContention e) {
                if (repetition == REPETITIONS) {
                    throw new StoreAwayException(e);
                }
            }
        }
    }

    private void inTransaction(Next handlers) throws Exception {
        if (enter()) {
            worked = true;
            handlers.proceed();
            transaction.requireCommittable();
            fence.leave();
        }
    }

    private boolean enter() {
        try {
            return fence.enter();
        } catch (ContentionException e) {
            throw new EnterContention(e);
        } catch (Throwable e) {
            throw new StoreAwayException(e);
        }
    }

    /** Tells the contention of the fence from that of a handler, which has worked already. */
    private static final class EnterContention extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EnterContention(Throwable cause) {
            super("The transactions of several nodes got in each other's way.", cause);
        }
    }
}
