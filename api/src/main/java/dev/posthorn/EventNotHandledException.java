package dev.posthorn;

/**
 * Thrown by {@link EventMiddleware.Next#proceed()} to middleware outside the transaction when no handler was called, and none has
 * failed: the event is known already, or an earlier one of its key is unfinished, so that it is put aside and handled later, or another
 * node is at it. No attempt counts, and whatever middleware does with this changes nothing for the event. Let it pass.
 */
public class EventNotHandledException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public EventNotHandledException(String message) {
        super(message);
    }
}
