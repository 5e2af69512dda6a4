package dev.posthorn.spi;

import static java.util.Objects.requireNonNull;

import dev.posthorn.EventInfo;
import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored and sent: the CloudEvents attributes, where it goes, and the bytes as they were when it was fired.
 * Nothing after {@code fire} needs the event's class.
 *
 * <p>The data is not copied; nobody may change it. Two envelopes are the same event if their ids are equal.
 *
 * @param id CloudEvents {@code id}; the identity of the event everywhere but between engine and store
 * @param type CloudEvents {@code type}, the logical type
 * @param source CloudEvents {@code source}
 * @param time CloudEvents {@code time}: when the event was fired, by the clock of the node that fired it
 * @param channel the outgoing channel
 * @param topic the broker's topic, or routing key
 * @param key what orders and partitions it, if anything
 * @param ordered whether events of its key must keep their order
 * @param whenDead what becomes of later events of its key if it can't be delivered
 * @param contentType CloudEvents {@code datacontenttype}
 * @param headers what travels beside the CloudEvents attributes
 * @param data the payload
 */
public record EventEnvelope(
        UUID id,
        String type,
        String source,
        Instant time,
        String channel,
        String topic,
        @Nullable String key,
        boolean ordered,
        WhenDead whenDead,
        String contentType,
        Map<String, String> headers,
        byte[] data) {

    /** The header, and on the wire the CloudEvents attribute, of a replayed event: the id of the one that it repeats. */
    public static final String REPLAY_OF = "posthornreplayof";

    public EventEnvelope {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(source, "source");
        requireNonNull(time, "time");
        requireNonNull(channel, "channel");
        requireNonNull(topic, "topic");
        requireNonNull(whenDead, "whenDead");
        requireNonNull(contentType, "contentType");
        requireNonNull(data, "data");
        headers = Map.copyOf(headers);
    }

    /** What notifications and messages say about this event. */
    public EventInfo info() {
        return new EventInfo(id.toString(), type, source, channel, topic, key);
    }

    /** The key by which it keeps its order; null if nothing does. */
    public @Nullable String orderKey() {
        return ordered ? key : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventEnvelope that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Without data and header values, which may be confidential. */
    @Override
    public String toString() {
        return Printable.text(type) + " " + id + " to " + Printable.text(channel) + "/" + Printable.text(topic)
                + (key == null ? "" : " key " + Printable.text(key));
    }
}
