package dev.posthorn;

import dev.posthorn.log.Printable;

/**
 * Fired as a synchronous CDI event, on a thread of its own and outside any transaction, after an attempt to deliver an event failed and
 * was counted against it. The event is tried again. Dropped if ten thousand notifications of failures wait for observers.
 *
 * @param attempts how many attempts have failed by now
 * @param error what the broker or its client said
 */
public record EventDeliveryFailed(EventInfo event, int attempts, Throwable error) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
