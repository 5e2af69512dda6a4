package dev.posthorn.inbox;

import dev.posthorn.retry.RetryPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * How one channel's events are handled.
 *
 * @param window how many messages may be here that the broker has no answer for
 * @param parallelism how many events may be handled at once
 * @param refusesUnhandled whether a message whose type nobody handles is refused to the broker
 * @param handlingTimeout how long a transaction with handlers may take
 * @param separately whether each handler has a transaction of its own
 * @param separatelyByType the same for some types
 * @param retry how often an event is tried again
 * @param retryByType the same for some types
 */
public record InboxSettings(
        int window,
        int parallelism,
        boolean refusesUnhandled,
        Duration handlingTimeout,
        boolean separately,
        Map<String, Boolean> separatelyByType,
        RetryPolicy retry,
        Map<String, RetryPolicy> retryByType) {

    boolean isSeparately(String type) {
        return separatelyByType.getOrDefault(type, separately);
    }

    RetryPolicy retryOf(String type) {
        return retryByType.getOrDefault(type, retry);
    }
}
