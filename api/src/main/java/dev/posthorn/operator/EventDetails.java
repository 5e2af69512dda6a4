package dev.posthorn.operator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Everything about one event.
 *
 * @param source CloudEvents {@code source}
 * @param headers what travels beside the CloudEvents attributes
 * @param data the payload as it is sent; not copied, nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record EventDetails(
        EventSummary summary, String source, String contentType, Map<String, String> headers, byte[] data) {

    public EventDetails {
        headers = Map.copyOf(headers);
    }

    /** The payload as text in UTF-8, such as JSON, for somebody to read: what is no such text has U+FFFD in its places. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Without data and header values, which may be confidential. */
    @Override
    public String toString() {
        return summary.toString();
    }
}
