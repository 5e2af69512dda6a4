package dev.posthorn;

/**
 * Stands around the handling of events that arrive. Every bean of this type is found: one of {@code EventMiddleware<OrderPlaced>}
 * stands around the handlers of that class, one of {@code EventMiddleware<Object>} around all. Those with a smaller {@link
 * jakarta.annotation.Priority} stand around those with a larger one; the default is that of applications.
 *
 * <p>Posthorn's own, which opens the transaction and drops what has been handled before, has the priority {@link
 * #TRANSACTION_PRIORITY}: what stands outside of it is called outside the transaction, and also for events that turn out to be
 * repetitions, or to have to wait for others of their key. Then {@link Next#proceed} throws {@link EventNotHandledException}: it returns
 * only if the handlers have been called and their transaction is committed.
 *
 * <p>Where each handler has a transaction of its own, middleware stands around each of them.
 *
 * @param <E> the class whose handlers it stands around, or {@code Object}
 */
public interface EventMiddleware<E> {

    /** The priority of the middleware that opens the transaction. */
    int TRANSACTION_PRIORITY = 200;

    /** What stands inside: more middleware, and the handlers at last. */
    @FunctionalInterface
    interface Next {

        /**
         * Goes on. When this returns to middleware outside the transaction, that is committed.
         *
         * @throws EventNotHandledException if no handler was called, and none has failed
         * @throws Exception what a handler, or middleware inside, has thrown, or why the commit has failed
         */
        void proceed() throws Exception;
    }

    /** What becomes of an event that has used up its attempts. */
    enum WhenExhausted {
        /** Middleware further inside is asked; if none decides, the event is {@link #DEAD}. */
        UNDECIDED,
        /**
         * The event is kept in the inbox, dead, with its error, where operators can look at it and have it handled again. Later events
         * of its key wait or go on, as the {@link WhenDead} of its type says.
         */
        DEAD,
        /** The event is given up, as if it had been handled. */
        ACKNOWLEDGE,
        /**
         * The message is refused to the connector, if it is still at hand, which it is at the first attempt alone: so this takes
         * {@code posthorn.inbox.retry.max-attempts=1}. Later it counts as {@link #DEAD}. Most connectors stop the channel on that
         * until the application restarts, unless their {@code failure-strategy} says otherwise.
         */
        REFUSE
    }

    /**
     * Called around each attempt. To go on, call {@code next} once; what does not, skips the handlers: the event then counts as
     * handled.
     *
     * @throws Exception makes the attempt fail
     */
    default void around(E event, HandlingContext context, Next next) throws Exception {
        next.proceed();
    }

    /** Called after each attempt that failed, outside any transaction. */
    default void failed(E event, HandlingContext context, Throwable failure) {}

    /** Called when the last attempt has failed, outside any transaction: what is to become of the event? */
    default WhenExhausted exhausted(E event, HandlingContext context, Throwable failure) {
        return WhenExhausted.UNDECIDED;
    }
}
