package dev.posthorn.receive;

import dev.posthorn.log.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent that has arrived.
 *
 * @param plain whether it was no CloudEvent: its id and source were made here, from its position and channel
 * @param headers the message's headers, and attributes of extensions
 */
@SuppressWarnings("ArrayRecordComponent") // not copied and not compared: an event may be large
public record ReceivedEvent(
        String id,
        String source,
        boolean plain,
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
        return Printable.text(type) + " " + Printable.text(id) + " of " + Printable.text(source)
                + (key == null ? "" : " key " + Printable.text(key));
    }
}
