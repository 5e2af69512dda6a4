package dev.posthorn.spi;

import dev.posthorn.log.Printable;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask of an {@link InboxStore}. An application that brings an inbox store of its own and wants {@link
 * dev.posthorn.operator.InboxOperator} to work, and health checks to see what is overdue, brings one of these as well.
 *
 * <p>Methods are called outside any transaction, open and commit their own, and answer with what really happened. They see the
 * entries of one consumer alone. Changes are conditional on the state an entry is in by then, make its version grow, and are given a few
 * hundred ids at most. After each change of entries with a key, {@link InboxStore#release} is called for it: what is made waiting here
 * goes on with that, in its turn.
 */
public interface InboxOperatorStore {

    /** The clock of the store. */
    Instant time();

    /** How many entries there are in each state of each channel, without what there is none of. */
    List<ReceivedCount> counts(String consumer, ReceivedFilter filter);

    /**
     * Entries, state by state: those that are not final in the order of their numbers, others channel by channel in the order in which
     * they became so.
     *
     * @param after what {@link ReceivedPage#next} of an earlier page was; null for the first
     * @throws IllegalArgumentException if {@code after} is no such thing
     */
    ReceivedPage list(String consumer, ReceivedFilter filter, @Nullable String after, int limit);

    /** Everything about an entry. */
    Optional<ReceivedDetails> find(InboxId id);

    /**
     * Makes dead, delayed, parked and given up entries that nobody has locked due ones, without attempts; waiting ones if they have a key.
     * Entries with nothing finished are not compensated any more.
     *
     * @param from only entries in these states are changed: others may have been changed by somebody else since they were seen
     * @return how many
     */
    int requeue(Collection<InboxId> ids, Set<ReceivedState> from);

    /**
     * Makes dead and parked entries that later ones of their key wait for dead ones that none waits for.
     *
     * @param from only entries in these states are changed
     * @return how many
     */
    int skip(Collection<InboxId> ids, Set<ReceivedState> from);

    /**
     * Makes entries that nobody has locked, and that are not handled, given up ones, as of now.
     *
     * @param from only entries in these states are changed
     * @return how many
     */
    int discard(Collection<InboxId> ids, Set<ReceivedState> from);

    /**
     * Deletes entries that are handled or given up.
     *
     * @param from only entries in these states are deleted
     * @return how many
     */
    int forget(Collection<InboxId> ids, Set<ReceivedState> from);

    /**
     * Parks unfinished entries of a key, the first in the order of their numbers. Waits for who has locked one.
     *
     * @return how many; none means that there are no more
     */
    int park(String consumer, String channel, String key, int limit);

    /**
     * Makes parked entries of a key, the first in the order of their numbers, waiting ones without attempts.
     *
     * @return how many; none means that there are no more
     */
    int release(String consumer, String channel, String key, int limit);

    /** For each channel with entries whose time has come, the first of them. Takes no longer for many entries than for few. */
    List<Overdue> overdue(String consumer);

    /** How many entries are held up; of each kind, none are counted beyond {@code most}. */
    Held held(String consumer, int most);

    /**
     * What is to be handled on one channel.
     *
     * @param age for how long the first of its entries has been due, by the clock of the store
     */
    record Overdue(String channel, Duration age) {

        @Override
        public String toString() {
            return Printable.record(this);
        }
    }
}
