package dev.posthorn.channel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read of the table under way.
 *
 * @param number tells it from all others of its channel
 * @param after the number of the last event that was read before, if nothing before that need be looked for; else 0
 * @param exceptTopics the topics whose events are passed over
 * @param topic the one whose events are looked for, so that it can be tried; null if any are
 */
public record Read(
        int number, long after, Set<String> exceptTopics, int maxEvents, long maxBytes, @Nullable String topic) {

    boolean isFromStart() {
        return after == 0;
    }
}
