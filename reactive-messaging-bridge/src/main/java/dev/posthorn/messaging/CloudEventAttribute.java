package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents 1.0 attributes of an event, by the names of the specification. How a name is written on the wire differs from
 * one protocol binding to the next, and is left to the {@link MessageFactory}.
 */
enum CloudEventAttribute {
    SPECVERSION(event -> "1.0"),
    ID(event -> event.id().toString()),
    TYPE(EventEnvelope::type),
    SOURCE(EventEnvelope::source),
    /** RFC 3339 in UTC, which is what an Instant's text is. */
    TIME(event -> event.time().toString()),
    DATACONTENTTYPE(EventEnvelope::contentType),
    /** Of the partitioning extension. */
    PARTITIONKEY(EventEnvelope::key);

    private final String attribute = name().toLowerCase(Locale.ROOT);
    private final Function<EventEnvelope, @Nullable String> value;

    CloudEventAttribute(Function<EventEnvelope, @Nullable String> value) {
        this.value = value;
    }

    /** The name in the specification. */
    String attribute() {
        return attribute;
    }

    /** The value in its canonical text form; null if this event has none. */
    @Nullable
    String of(EventEnvelope event) {
        return value.apply(event);
    }
}
