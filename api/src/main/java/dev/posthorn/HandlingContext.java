package dev.posthorn;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.Printable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event that is being handled, beside its data. Observers of {@link Received} events take it as a further
 * parameter; while an event is handled, it can also be injected with {@code Instance<HandlingContext>}.
 *
 * @param id the event's id, unique within its source
 * @param source who published it
 * @param type its logical type
 * @param time when it happened, if that was said
 * @param channel the incoming channel
 * @param key the key within which events keep their order, if there is one
 * @param headers what travelled beside the CloudEvents attributes, and attributes of extensions, under their own names
 * @param attempt which attempt to handle it this is, from 1
 */
public record HandlingContext(
        String id,
        String source,
        String type,
        @Nullable Instant time,
        String channel,
        @Nullable String key,
        Map<String, String> headers,
        int attempt) {

    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_STATE = "tracestate";

    public HandlingContext {
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        requireNonNull(type, "type");
        requireNonNull(channel, "channel");
        headers = Map.copyOf(headers);
    }

    /** A header, if the event has it. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The W3C trace context that the event was published in, if it says so. */
    public Optional<String> traceParent() {
        return header(TRACE_PARENT);
    }

    /** What comes with the {@link #traceParent}. */
    public Optional<String> traceState() {
        return header(TRACE_STATE);
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
