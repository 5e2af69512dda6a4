package dev.posthorn;

/**
 * Fired as a synchronous CDI event, outside any transaction, after the broker acknowledged an event. At least once for each
 * delivered event while the node lives; a node that dies in between fires none.
 *
 * @param attempts how many counted attempts had failed before
 */
public record EventDelivered(EventInfo event, int attempts) {}
