package dev.posthorn.operator;

import java.util.List;
import java.util.Optional;

/**
 * Looks at the events that this application has received and intervenes, on whichever node it is called: {@link OutboxOperator} for the
 * way in. Inject it anywhere; who may call it is for the application to say.
 *
 * <p>Each method works in transactions of its own, many events in several, whatever transaction the caller has. So a method that
 * throws may have done a part of its work: calling it again does the rest. Each intervention is one line in the log {@code
 * dev.posthorn.operator}: who, what, which events, how many.
 *
 * <p>An event whose handlers are at work is locked by their transaction. {@link #requeue} and {@link #discard} leave it alone and don't
 * count it; {@link #park} waits for them. What they have begun with an event that has changed meanwhile can't be committed.
 *
 * <p>A channel that neither this node has nor any event is of is refused, in filters too: an {@link IllegalArgumentException} names
 * those that there are.
 */
public interface InboxOperator {

    /**
     * How many events there are in each state of each channel, and how old they are; without what there is none of. Reads every
     * event that the filter lets through: with {@link ReceivedFilter#unhandled()} that is quick, with millions of handled ones it
     * is not.
     */
    List<ReceivedCount> counts(ReceivedFilter filter);

    /**
     * How many messages were dropped because the inbox knew them, for each channel: what the broker has delivered again, and what was
     * published again. On this node alone, since it was started. Logger {@code dev.posthorn.inbox} names each at its debug level.
     */
    List<RepetitionCount> repetitions();

    /** The first events, at most {@code limit}, state by state in the order of {@link ReceivedState}; see {@link #list(ReceivedFilter, String, int)}. */
    ReceivedPage list(ReceivedFilter filter, int limit);

    /**
     * The events after those of an earlier page. They come state by state: those that are not final in the order of their arrival, those
     * that are channel by channel, in the order in which they became so. A page may have fewer events than {@code limit} and still not be
     * the last.
     *
     * @param after {@link ReceivedPage#next} of that page, with the same filter
     */
    ReceivedPage list(ReceivedFilter filter, String after, int limit);

    /** Everything about an event, if it is there. */
    Optional<ReceivedDetails> inspect(ReceivedId id);

    /**
     * Has dead and delayed events handled again, as soon as possible, with all attempts before them; parked and discarded ones as well if
     * the filter names their state or ids. A message that could not be read is read again, and takes the place in the order of its key
     * that is then the last. The order of a key holds: an event waits for earlier ones that are unfinished, and for one that is due.
     *
     * <p>A compensated event is handled from its first handler on. If its compensation failed, that is tried again.
     *
     * @return how many
     */
    int requeue(ReceivedFilter filter);

    /**
     * Lets the keys of dead events go on without them; of parked ones as well if the filter names their state or ids. The events
     * stay where they can be looked at, dead, and can be requeued or discarded.
     *
     * @return how many
     */
    int skip(ReceivedFilter filter);

    /**
     * Gives unhandled events up: they are not handled, their keys go on without them, and they are deleted after the retention. Until
     * then, a repetition is known. What handlers with a transaction each have done already stays done. The filter must have a condition.
     *
     * @return how many
     * @throws IllegalArgumentException for a filter without a condition
     */
    int discard(ReceivedFilter filter);

    /**
     * Holds back all unhandled events of a key, until {@link #release}. As long as there are any, later events of the key wait for
     * them; if there are none, nothing is held back. Waits for handlers that are at work on one of them.
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
     * Forgets that events were handled or discarded: the same event, delivered again, is handled again. Nothing is delivered because of
     * this; that is for the broker, or the sender, to do. The filter must have a condition.
     *
     * @return how many
     * @throws IllegalArgumentException for a filter without a condition
     */
    int forget(ReceivedFilter filter);

    /**
     * Stops receiving on a channel, and handling what is kept of it, on all nodes of the application, within a heartbeat, until {@link
     * #resume}, over restarts. What is under way is finished. The same as {@link OutboxOperator#pause}, which knows both kinds of channels.
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

    /** The channels that are paused, of both kinds. */
    List<ChannelPause> paused();
}
