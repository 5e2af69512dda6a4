package dev.posthorn.channel;

import dev.posthorn.retry.RetryPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * What bounds the relay of one channel.
 *
 * @param maxEvents how many unsent events it holds in memory; while the table is read, one batch more
 * @param maxBytes how many bytes of data it holds in memory; while the table is read, half as many more, or one larger event
 * @param maxInFlight how many sends are under way at once
 * @param maxInFlightBytes how many bytes are under way at once; a larger event travels alone
 * @param maxInFlightPerKey how many sends of one key are under way at once; with more than one, a failure breaks its order
 * @param sendTimeout when a send that has not answered counts as failed
 * @param pauseMin how long a channel pauses after the first sign that the broker is away
 * @param pauseMax how long it pauses at most between two probes
 * @param giveUpAfter how long a channel fails here while others deliver until its events are left to them
 * @param retry what becomes of an event that alone can't be sent
 * @param retryByType the same for events of some logical types
 * @param readBatch how many events are read from the table at once
 * @param markBatch how many delivered events are marked at once
 * @param keepsDelivered whether delivered events stay in the table for a while, or are deleted at once
 */
public record ChannelSettings(
        int maxEvents,
        long maxBytes,
        int maxInFlight,
        long maxInFlightBytes,
        int maxInFlightPerKey,
        Duration sendTimeout,
        Duration pauseMin,
        Duration pauseMax,
        Duration giveUpAfter,
        RetryPolicy retry,
        Map<String, RetryPolicy> retryByType,
        int readBatch,
        int markBatch,
        boolean keepsDelivered) {

    RetryPolicy retryOf(String type) {
        return retryByType.getOrDefault(type, retry);
    }
}
