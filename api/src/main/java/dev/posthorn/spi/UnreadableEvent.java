package dev.posthorn.spi;

import dev.posthorn.EventInfo;
import dev.posthorn.log.Printable;

/**
 * An unsent event that can't be sent since the store can't read all of it, for example because its row was changed by hand.
 *
 * @param seq its number, see {@link StoredEvent#seq}
 * @param event what could be read of it; texts that could not, its id among them, are empty
 * @param attempts how many attempts to send it have failed
 * @param error what can't be read, and why
 */
public record UnreadableEvent(long seq, EventInfo event, int attempts, String error) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
