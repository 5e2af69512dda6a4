package dev.posthorn.spi;

import dev.posthorn.log.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Whether it is an event's turn, in the order of its key.
 *
 * @param ahead the number of the last unfinished event of its key before it; null if there is none: then it is this one's turn, for good
 * @param kind what is known of that
 */
public record Turn(@Nullable Long ahead, Kind kind) {

    /** Nothing unfinished comes before it. */
    public static final Turn NOW = new Turn(null, Kind.NOW);

    /** What comes before an event. */
    public enum Kind {
        /** Nothing. */
        NOW,
        /** An unsent event of the same owner. */
        AFTER_OWN,
        /** An unsent event of another owner. */
        AFTER_FOREIGN,
        /** One that is delayed, dead or waiting itself: this one is to wait as well. */
        AFTER_WAITING,
        /** One that is parked: this one is to be parked as well. */
        AFTER_PARKED
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
