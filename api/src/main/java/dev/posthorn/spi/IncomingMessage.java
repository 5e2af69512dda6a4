package dev.posthorn.spi;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.Printable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came from the broker, in words that are the same for every broker.
 *
 * @param channel the incoming channel
 * @param attributes CloudEvents attributes that the message carries beside its data (binary content mode), by the names of the
 *     specification; empty if it carries none
 * @param headers the message's other headers, under their own names
 * @param contentType the media type of the data, if the message says so
 * @param key the broker's key, if there is one
 * @param position where the broker keeps the message, the same at each delivery; null if the broker doesn't say
 */
@SuppressWarnings("ArrayRecordComponent") // not copied and not compared: a message may be large
public record IncomingMessage(
        String channel,
        Map<String, String> attributes,
        Map<String, String> headers,
        @Nullable String contentType,
        @Nullable String key,
        @Nullable String position,
        byte[] data) {

    public IncomingMessage {
        requireNonNull(channel, "channel");
        requireNonNull(data, "data");
        attributes = Map.copyOf(attributes);
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
