package dev.posthorn.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
     * What is wrong with a topic that events of a channel are to be sent to; a sentence. Called at deployment for every topic that is
     * known by then: what the broker can't have is a deployment problem, not one of each event.
     */
    default Optional<String> topicProblem(String channel, String topic) {
        return Optional.empty();
    }

    /**
     * Sends an event to {@link EventEnvelope#topic} on {@link EventEnvelope#channel}. Called on managed threads, outside any
     * transaction, for one channel by at most two at once (a first send and a retry), with a bounded number of sends under way; it
     * may block. A call that has not returned after two minutes (twelve times {@code posthorn.send-timeout}, or
     * {@link #answersWithin}, if that is longer) is not waited for any more.
     *
     * @return completes normally when the broker has acknowledged the event, and never before; exceptionally if it was not
     *     accepted. Whatever is thrown, or null in place of a stage, counts as a failed send. The answer is believed whenever it comes; until it comes, or for
     *     as long, the event is not sent again. Then it is, with the same id, and arrives twice if the client still had it. So complete
     *     the stage as soon as the client has given up, and not before.
     */
    CompletionStage<?> send(EventEnvelope event);

    /**
     * How many sends may be under way on this channel at once, unless {@code posthorn.in-flight.max-events} says so. The more, the less
     * a backlog has to wait for a broker that answers late. What is too much for the channel has to be refused, and not to be kept.
     */
    default int mostUnderWay(String channel) {
        return MOST_UNDER_WAY;
    }

    /**
     * Within which a send on this channel is answered in any case, since the client gives up by itself. Asked once, at the start. If it is
     * longer than twelve times {@code posthorn.send-timeout}, events without an answer are not sent again for as long.
     */
    default Duration answersWithin(String channel) {
        return Duration.ZERO;
    }
}
