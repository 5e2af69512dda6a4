package dev.posthorn.spi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Brings events to the broker. */
public interface EventTransport {

    /** What every transport should be able to take. */
    int MOST_UNDER_WAY = 128;

    /**
     * Called once, at deployment: can events be sent on these channels?
     *
     * @return what is missing, each with the remedy; empty if all is well
     */
    List<String> prepare(Set<String> channels);

    /**
     * Sends an event to {@link EventEnvelope#topic} on {@link EventEnvelope#channel}. Called on managed threads, outside any
     * transaction, for one channel by at most two at once (a first send and a retry), with a bounded number of sends under way; it
     * may block.
     *
     * @return completes normally when the broker has acknowledged the event, and never before; exceptionally if it was not
     *     accepted. What is thrown counts as a failed send. A stage that never completes is timed out by the caller and the event
     *     is sent again, with the same id.
     */
    CompletionStage<?> send(EventEnvelope event);

    /**
     * How many sends may be under way on this channel at once, unless {@code posthorn.in-flight.max-events} says so. The more, the less
     * a backlog has to wait for a broker that answers late. What is too much for the channel has to be refused, and not to be kept.
     */
    default int mostUnderWay(String channel) {
        return MOST_UNDER_WAY;
    }
}
