package dev.posthorn.operator;

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

    /** Without data and header values, which may be confidential. */
    @Override
    public String toString() {
        return summary.toString();
    }
}
