package dev.posthorn.receive;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent that has arrived.
 *
 * @param identified whether id and source tell it from other events and stay the same at each delivery
 * @param headers the message's headers, and attributes of extensions
 */
@SuppressWarnings("ArrayRecordComponent") // not copied and not compared: an event may be large
public record ReceivedEvent(
        String id,
        String source,
        boolean identified,
        String type,
        @Nullable Instant time,
        @Nullable String key,
        @Nullable String contentType,
        Map<String, String> headers,
        byte[] data) {

    public ReceivedEvent {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return type + " " + id + " of " + source + (key == null ? "" : " key " + key);
    }
}
