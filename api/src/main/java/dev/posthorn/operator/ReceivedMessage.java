package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came from the broker.
 *
 * @param attributes CloudEvents attributes that it carries beside its data, if it does
 * @param headers its other headers
 * @param contentType the media type of the data, if the message says so
 * @param key the broker's key, if there is one
 * @param position where the broker keeps it, if that is known
 * @param data not copied, nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedMessage(
        Map<String, String> attributes,
        Map<String, String> headers,
        @Nullable String contentType,
        @Nullable String key,
        @Nullable String position,
        byte[] data) {

    public ReceivedMessage {
        attributes = Map.copyOf(attributes);
        headers = Map.copyOf(headers);
    }

    /** The data as text in UTF-8, such as JSON, for somebody to read: what is no such text has U+FFFD in its places. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Without what may be confidential. */
    @Override
    public String toString() {
        return "message at " + Printable.text(position) + ", " + data.length + " bytes";
    }
}
