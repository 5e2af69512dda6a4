package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents 1.0 attributes of an event, by the names of the specification. How a name is written on the wire differs from
 * one protocol binding to the next, and is left to the {@link MessageFactory}.
 */
enum CloudEventAttribute {
    SPECVERSION,
    ID,
    TYPE,
    SOURCE,
    TIME,
    DATACONTENTTYPE,
    /** Of the partitioning extension. */
    PARTITIONKEY,
    /** Our own: which event this one repeats, if an operator has replayed it. */
    POSTHORNREPLAYOF;

    private final String attribute = name().toLowerCase(Locale.ROOT);

    /** The name in the specification. */
    String attribute() {
        return attribute;
    }

    /** The value in its canonical text form; null if this event has none. */
    @Nullable
    String of(EventEnvelope event) {
        return switch (this) {
            case SPECVERSION -> "1.0";
            case ID -> event.id().toString();
            case TYPE -> event.type();
            case SOURCE -> event.source();
            case TIME -> event.time().toString(); // RFC 3339, in UTC
            case DATACONTENTTYPE -> event.contentType();
            case PARTITIONKEY -> event.key();
            case POSTHORNREPLAYOF -> event.headers().get(EventEnvelope.REPLAY_OF);
        };
    }
}
