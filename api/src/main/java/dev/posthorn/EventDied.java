package dev.posthorn;

import dev.posthorn.log.Printable;

/**
 * Fired as a synchronous CDI event, on a thread of its own and outside any transaction, after an event used up its attempts: it stays in
 * the table with its error and is not tried again by itself. Notifications of deliveries never take its place, however slow observers
 * are; it is dropped only if ten thousand notifications of failures wait for them.
 *
 * @param attempts how many attempts have failed
 * @param error what the broker or its client said last
 */
public record EventDied(EventInfo event, int attempts, Throwable error) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
