package dev.posthorn;

/**
 * Fired as a synchronous CDI event, outside any transaction, after an event used up its attempts: it stays in the table with its
 * error and is not tried again by itself.
 *
 * @param attempts how many attempts have failed
 * @param error what the broker or its client said last
 */
public record EventDied(EventInfo event, int attempts, Throwable error) {}
