package dev.posthorn.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps events from the business transaction until they are delivered, and for a while after.
 *
 * <p>The store numbers its events, and both sides name them by their numbers. A number is larger than 0, stays the event's, and is never
 * given to another one of the whole store, not even after the event is deleted. The id of an event is one of its attributes, by which
 * everybody else knows it.
 *
 * <p>What is shelved (delayed, waiting, parked or dead) belongs to nobody; what is unsent belongs to its owner.
 *
 * <p>{@link #append} runs in the transaction of the caller. All other methods are called outside any transaction, open and commit
 * their own, and answer with what really happened. Whatever they throw, {@link Error}s included, means: unknown, ask again later. So
 * does {@code null} where an answer is promised.
 *
 * <p>An answer is believed, since nobody else can know. An event that {@link #turns} leaves out is not sent but read again; a {@link
 * Turn#NOW} that is not true breaks the order of its key; an event that {@link #unsent} leaves out waits for a later read from the start,
 * such as that of a sweep.
 */
public interface EventStore {

    /**
     * Called once, before anything else: is everything there that events need? Creates it where that is configured.
     *
     * @return what is missing, each with the remedy; empty if events can be stored
     */
    List<String> prepare();

    /**
     * Called at the start, after {@link #prepare}, on each kind of thread that works for Posthorn: is what is done in transactions there
     * undone with them, up to the moment when they commit? Leaves nothing behind.
     *
     * @return what is wrong, each with the remedy; empty if nothing is, or if transactions need not be tried
     */
    default List<String> tryTransactions() {
        return List.of();
    }

    /**
     * Stores events in the caller's transaction, in the order given: they become visible with its commit, all or none, and get
     * ascending numbers, larger than those of every event whose commit this transaction can have seen.
     *
     * @return their numbers, in the order given; empty if the store learns them only when the events are read: then they are read back
     *     after the commit rather than sent from memory. Any other answer is logged once and counts as empty
     */
    List<Long> append(Node owner, List<EventEnvelope> events);

    /**
     * The committed, unsent events of this owner and channel, the first in the order of their numbers, without those in {@code
     * except} and those of {@code exceptTopics}: at most {@code maxEvents} and, beyond the first, at most {@code maxBytes} of data.
     *
     * <p>An event that can't be read does not make this fail, and hides no other: it is named in {@link Unsent#unreadable}, in place of
     * being among the events, and counts for the bounds. The caller calls {@link #markDead}, and asks again.
     *
     * <p>The answer is of one moment: an event is left out only if all that were committed before it, with smaller numbers, are in
     * the answer or in {@code except}, are of {@code exceptTopics}, or have numbers up to {@code after}.
     *
     * @param after only events with larger numbers, which saves going past those that are on their way. One with a smaller number may
     *     become visible at any time, so whoever reads on like that has to come back to 0, before which there is none
     * @param except numbers of events that are left out. It changes while this runs; asked after the moment of the answer, not before
     * @param exceptTopics topics that take nothing at the moment: their events are passed over, as if they were not there, also for
     *     {@link Unsent#complete}. There may be thousands of them, and a hundred thousand of their events in front of the first of
     *     another topic; it does not change while this runs
     */
    Unsent unsent(
            Node owner,
            String channel,
            long after,
            Set<Long> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes);

    /**
     * Tells whose turn it is: for each of these events of a channel that is still unsent and this owner's, what comes before it in the order
     * of its application, channel and key. Unfinished, and so to be waited for, are ordered events that are unsent, delayed,
     * waiting, parked, or dead with {@link dev.posthorn.WhenDead#BLOCK}, whoever owns them.
     *
     * <p>What is said of one event is of one moment: an event that goes from one of these states to another meanwhile is not missed.
     *
     * @param delivered events that count as finished, although the store may not know it yet
     * @return nothing for events that are not this owner's unsent ones any more: they must not be sent
     */
    Map<Long, Turn> turns(Node owner, String channel, Collection<Long> numbers, Collection<Long> delivered);

    /**
     * Notes that these events of a channel were acknowledged by the broker: those that are this owner's unsent ones, and those that are
     * shelved, whatever they wait for and whoever owned them before. Unsent ones of other owners are left alone.
     *
     * @return how many were noted
     */
    int markDelivered(Node owner, String channel, Collection<Long> numbers);

    /** Like {@link #markDelivered}, for those who keep no delivered events: the events are deleted. */
    int removeDelivered(Node owner, String channel, Collection<Long> numbers);

    /**
     * Notes a failed attempt to send an unsent event of this owner, which is delayed: it is nobody's until {@link #takeDue}.
     *
     * @return whether it was still this owner's unsent one
     */
    boolean markDelayed(Node owner, String channel, long number, int attempts, String error, Duration delay);

    /**
     * Notes that an unsent event of this owner is not tried again by itself: dead, or parked if that is its {@link
     * dev.posthorn.WhenDead}. Later events of its key wait if its {@code WhenDead} can't be read.
     *
     * @return whether it was still this owner's unsent one
     */
    boolean markDead(Node owner, String channel, long number, int attempts, String error);

    /**
     * Puts unsent, ordered events of this owner and key away, the first in the order of their numbers, a bounded number of them.
     * They are parked only if something of their key is: an operator may have released it since the node has heard of it.
     *
     * @param except numbers of events that are not to be put away: they have been delivered, or are on their way
     * @return how many; none means that there are no more, or that they need not be parked
     */
    int shelve(Node owner, String channel, String key, Shelf shelf, Collection<Long> except);

    /**
     * Makes unsent, ordered events of this owner and key wait that come after an unsent one, the first in the order of their numbers, a
     * bounded number of them. That one and all before it stay as they are.
     *
     * @param first the number of the one that they wait for, whose destination takes nothing at the moment
     * @param except numbers of events that are not to be put away: they have been delivered, or are on their way
     * @return how many; none means that there are no more, or that the first one is not unsent any more
     */
    int shelveBehind(Node owner, String channel, String key, long first, Collection<Long> except);

    /**
     * Makes delayed events of the node's application and this channel whose time has come unsent ones of this node.
     *
     * @return how many, at most {@code limit}; as many as {@code limit} means that there may be more
     */
    int takeDue(Node node, String channel, int limit);

    /** Keys of the node's application and this channel that have waiting events: the first after {@code after}, in order. */
    List<String> waitingKeys(Node node, String channel, String after, int limit);

    /**
     * For those of these keys whose first unfinished event is a waiting one: makes the first waiting events, a bounded number of
     * them, unsent ones of this node.
     *
     * @return those of these keys that still have waiting events
     */
    Set<String> release(Node node, String channel, Collection<String> keys);

    /**
     * Takes over unsent events of the node's application, on these channels, whose owner is not among the living: a bounded number of
     * them.
     *
     * @return the channels on which there were any; none means that there are no more
     */
    Set<String> adopt(Node node, Set<String> channels);

    /**
     * Gives up unsent events of this owner and channel, a bounded number of them: any other node may {@link #adopt} them.
     *
     * @return how many; none means that there are no more
     */
    int giveUp(Node owner, String channel);

    /**
     * Deletes events of the node's application that were delivered or discarded longer ago than {@code retention}, never others.
     *
     * @return how many, at most {@code limit}; as many as {@code limit} means that there may be more
     */
    int clean(Node node, Duration retention, int limit);
}
