package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The headers that an event was given. {@code Draft.header} takes none whose name is an attribute's, but rows may have been written by
 * hand: receivers would believe such a header, and take the event for another one.
 */
final class OwnHeaders {

    private OwnHeaders() {}

    /** Those whose names a receiver does not take for attributes, which begin so in whatever case. */
    static Map<String, String> of(EventEnvelope event, String... attributePrefixes) {
        Map<String, String> headers = new HashMap<>(event.headers());
        headers.keySet().removeIf(name -> isReserved(name, attributePrefixes));
        return headers;
    }

    private static boolean isReserved(String name, String... attributePrefixes) {
        return name.equals(EventEnvelope.REPLAY_OF)
                || Arrays.stream(attributePrefixes)
                        .anyMatch(prefix -> name.regionMatches(true, 0, prefix, 0, prefix.length()));
    }
}
