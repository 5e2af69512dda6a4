package dev.posthorn;

import dev.posthorn.log.Printable;

/**
 * Fired as a synchronous CDI event, on a thread of its own and outside any transaction, after the broker acknowledged an event. At
 * least once for each delivered event while the node lives and its observers keep up: nothing waits for them, and when ten thousand
 * notifications wait for them, further ones are dropped. A node that dies in between fires none.
 *
 * @param attempts how many counted attempts had failed before
 */
public record EventDelivered(EventInfo event, int attempts) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
