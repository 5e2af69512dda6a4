package dev.posthorn;

/**
 * Handles events that arrive from the broker: those of {@code E}, which is annotated {@link IntegrationEvent} and may be a class of the
 * receiver's own, and those of its subclasses. A class whose events neither their logical type nor their data tells from others is a
 * deployment error. Every bean of this type is found; those of one type are called in the order of their {@link
 * jakarta.annotation.Priority}.
 *
 * @param <E> the class that events are read into
 */
public interface IntegrationEventHandler<E> {

    /**
     * Handles an event. Called in a transaction; what this throws rolls it back, and the event is handled again later.
     *
     * @throws Exception whatever keeps the event from being handled
     */
    void handle(E event, HandlingContext context) throws Exception;

    /**
     * Compensates a {@link #handle} whose transaction was committed, after a later handler of the same event gave up. Called only
     * where each handler has a transaction of its own ({@code posthorn.inbox.transactions=per-handler}), for the finished handlers in
     * reverse order, in a transaction of its own, once: also after a crash. By default there is nothing to compensate.
     *
     * @throws Exception whatever keeps this from being done; it is tried again later
     */
    default void compensate(E event, HandlingContext context) throws Exception {}
}
