package dev.posthorn.spi;

import dev.posthorn.log.Printable;

/**
 * An event read back from the store.
 *
 * @param seq its number: its place in the order of the store, by which store and engine name it
 * @param attempts how many attempts to send it have failed
 */
public record StoredEvent(long seq, int attempts, EventEnvelope event) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
