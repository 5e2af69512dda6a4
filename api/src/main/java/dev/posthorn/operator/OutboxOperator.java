package dev.posthorn.operator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks at the events of this application and intervenes, on whichever node it is called. Inject it anywhere; who may call it is for
 * the application to say.
 *
 * <p>Each method works in transactions of its own, many events in several, whatever transaction the caller has. So a method that
 * throws may have done a part of its work: calling it again does the rest. Each intervention is one line in the log {@code
 * dev.posthorn.operator}: who, what, which events, how many.
 *
 * <p>No method deletes an event. Those that are delivered or discarded are deleted when their retention is over, others never.
 *
 * <p>A channel that neither this node has nor any event is of is refused, in filters too: an {@link IllegalArgumentException} names
 * those that there are.
 */
public interface OutboxOperator {

    /**
     * How many events there are in each state of each channel, and how old they are; without what there is none of. Reads every
     * event that the filter lets through, however many these are: for people, not for what asks again and again; see {@link #backlog}.
     */
    List<EventCount> counts(EventFilter filter);

    /**
     * The channels that have unsent events, and how old the oldest is; by name. It takes no longer for many events than for few, so
     * monitoring may ask it again and again. Delayed, waiting, dead and parked events are not unsent.
     */
    List<ChannelBacklog> backlog();

    /** The first events, at most {@code limit}, state by state in the order of {@link EventState}; see {@link #list(EventFilter, String, int)}. */
    EventPage list(EventFilter filter, int limit);

    /**
     * The events after those of an earlier page. They come state by state: delayed ones in the order in which they are due, others that
     * are not final in the order of the store, and final ones in the order in which they became so. A page may have fewer events than
     * {@code limit} and still not be the last.
     *
     * @param after {@link EventPage#next} of that page, with the same filter
     */
    EventPage list(EventFilter filter, String after, int limit);

    /** Everything about an event, if it is there and this application's. */
    Optional<EventDetails> inspect(UUID id);

    /**
     * Sends dead and delayed events again, as soon as possible, with all attempts before them; parked and discarded ones as well if
     * the filter names their state or ids. The order of their key holds: one that comes after another parked event is parked again;
     * {@link #release} is for whole keys.
     *
     * @return how many
     */
    int requeue(EventFilter filter);

    /**
     * Lets the keys of dead events go on without them; of parked ones as well if the filter names their state or ids. The events
     * stay where they can be looked at, dead, and can be requeued or discarded.
     *
     * @return how many
     */
    int skip(EventFilter filter);

    /**
     * Gives undelivered events up: they are not sent, their keys go on without them, and they are deleted after the retention. One
     * that a node is just sending, or has in memory without a key, may still arrive. The filter must have a condition.
     *
     * @return how many
     * @throws IllegalArgumentException for a filter without a condition
     */
    int discard(EventFilter filter);

    /**
     * Holds back all undelivered, ordered events of a key, until {@link #release}. As long as there are any, later events of the key
     * are held back as well; if there are none, nothing is.
     *
     * @return how many were there
     */
    int park(String channel, String key);

    /**
     * Lets the parked events of a key go on, in their order, with all attempts before them.
     *
     * @return how many
     */
    int release(String channel, String key);

    /**
     * Sends delivered events that are still retained once more, in the order in which they were delivered: as new events, at the
     * end of their keys, with ids of their own and the CloudEvents attribute {@code posthornreplayof}, which is the id of the
     * event that each repeats. Receivers that drop duplicates handle them again.
     *
     * @return how many
     */
    int replay(EventFilter filter);

    /**
     * Sends delivered events that are still retained once more, as the same events: receivers that drop duplicates drop them.
     *
     * @return how many
     */
    int replayWithSameIds(EventFilter filter);

    /**
     * Stops sending on a channel, on all nodes of the application, within a heartbeat, until {@link #resume}, over restarts. What is
     * under way is finished; events are stored as ever.
     *
     * @return whether it was not paused before
     */
    boolean pause(String channel);

    /**
     * Ends a {@link #pause}.
     *
     * @return whether it was paused
     */
    boolean resume(String channel);

    /** The channels that are paused. */
    List<ChannelPause> paused();

    /** Waits until nothing is unsent on any channel, on all nodes of the application; see {@link #drain(Set, Duration)}. */
    boolean drain(Duration timeout);

    /**
     * Waits until nothing is unsent on these channels, on all nodes of the application. Delayed, waiting, dead and parked events are
     * not waited for. Nothing stops new events from coming: that is the caller's to see to.
     *
     * @return whether nothing is unsent; otherwise the time was up
     * @throws IllegalArgumentException if there is no such channel, or none is named
     */
    boolean drain(Set<String> channels, Duration timeout);
}
