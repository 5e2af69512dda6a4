package dev.posthorn.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps events from the business transaction until they are delivered, and for a while after.
 *
 * <p>{@link #append} runs in the transaction of the caller. All other methods are called outside any transaction, open and commit
 * their own, and answer with what really happened. Whatever they throw means: unknown, ask again later.
 */
public interface EventStore {

    /**
     * Called once, before anything else: is everything there that events need? Creates it where that is configured.
     *
     * @return what is missing, each with the remedy; empty if events can be stored
     */
    List<String> prepare();

    /**
     * Stores events in the caller's transaction, in the order given: they become visible with its commit, all or none, and get
     * numbers larger than those of every event whose commit this transaction can have seen.
     */
    void append(Node owner, List<EventEnvelope> events);

    /**
     * The committed, unsent events of this owner and channel, the first in the order of their numbers, without those in {@code
     * except}: at most {@code maxEvents} and, beyond the first, at most {@code maxBytes} of data.
     *
     * <p>The answer is of one moment: an event is left out only if all that were committed before it, with smaller numbers, are in
     * the answer or in {@code except}. So there is no reading on from the last number seen, which would pass over a number that
     * became visible late.
     *
     * @param except changes while this runs; asked after the moment of the answer, not before
     */
    Unsent unsent(Node owner, String channel, Set<UUID> except, int maxEvents, long maxBytes);

    /**
     * Notes that these events were acknowledged by the broker; those that this owner no longer owns are left alone.
     *
     * @return how many were noted
     */
    int markDelivered(Node owner, Collection<UUID> ids);

    /** Like {@link #markDelivered}, for those who keep no delivered events: the events are deleted. */
    int removeDelivered(Node owner, Collection<UUID> ids);

    /**
     * Notes a failed attempt to send an event that stays unsent.
     *
     * @return whether this owner still owns it
     */
    boolean markFailed(Node owner, UUID id, int attempts, String error);

    /**
     * Notes that an event is not tried again by itself.
     *
     * @return whether this owner still owns it
     */
    boolean markDead(Node owner, UUID id, int attempts, String error);

    /**
     * Takes over the unsent events of the node's application, on these channels, whose owner is not among the living.
     *
     * @return the channels on which there were any
     */
    Set<String> adopt(Node node, Set<String> channels);

    /**
     * Deletes events of the node's application that were delivered longer ago than {@code retention}, never others.
     *
     * @return how many, at most {@code limit}; as many as {@code limit} means that there may be more
     */
    int clean(Node node, Duration retention, int limit);
}
