package dev.posthorn.spi;

import dev.posthorn.log.Printable;
import java.util.List;

/**
 * Unsent events of one owner and channel, at one moment.
 *
 * @param events in the order of their numbers
 * @param complete whether there were no others, with larger numbers and of other topics than those passed over; those in {@code
 *     unreadable} do not count
 * @param unreadable those that would have been among {@code events} if they could be read; the caller has them marked dead
 */
public record Unsent(List<StoredEvent> events, boolean complete, List<UnreadableEvent> unreadable) {

    /** Where all events could be read. */
    public Unsent(List<StoredEvent> events, boolean complete) {
        this(events, complete, List.of());
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
