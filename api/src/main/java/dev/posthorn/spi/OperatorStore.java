package dev.posthorn.spi;

import dev.posthorn.log.Printable;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask of an {@link EventStore}. An application that brings an event store of its own and wants {@link
 * dev.posthorn.operator.OutboxOperator} to work, and health checks to see the backlog, brings one of these as well.
 *
 * <p>Methods are called outside any transaction, open and commit their own, and answer with what really happened. They see the
 * events of one application alone. Changes are conditional on the state an event is in by then, are given a few hundred ids at
 * most, and never delete anything.
 */
public interface OperatorStore {

    /** The clock of the store. */
    Instant time();

    /** How many events there are in each state of each channel, without what there is none of. */
    List<EventCount> counts(String application, EventFilter filter);

    /**
     * Events, state by state: delayed ones in the order in which they are due, others that are not final in the order of their numbers,
     * and final ones in the order in which they became so.
     *
     * @param after what {@link EventPage#next} of an earlier page was; null for the first
     * @throws IllegalArgumentException if {@code after} is no such thing
     */
    EventPage list(String application, EventFilter filter, @Nullable String after, int limit);

    /** Everything about an event. */
    Optional<EventDetails> find(String application, UUID id);

    /**
     * Makes dead, delayed, parked and discarded events unsent ones of this node, without attempts.
     *
     * @param from the states of which they are to be; what has come to another one meanwhile is left alone
     * @return how many
     */
    int requeue(Node node, Collection<UUID> ids, Set<EventState> from);

    /**
     * Makes dead and parked events that later events of their key wait for dead ones that none waits for.
     *
     * @param from the states of which they are to be; what has come to another one meanwhile is left alone
     * @return how many
     */
    int skip(Node node, Collection<UUID> ids, Set<EventState> from);

    /**
     * Makes undelivered events discarded ones, as of now.
     *
     * @param from the states of which they are to be; what has come to another one meanwhile is left alone
     * @return how many
     */
    int discard(Node node, Collection<UUID> ids, Set<EventState> from);

    /**
     * Parks unfinished, ordered events of a key, the first in the order of their numbers.
     *
     * @return how many; none means that there are no more
     */
    int park(Node node, String channel, String key, int limit);

    /**
     * Makes parked events of a key, the first in the order of their numbers, waiting ones without attempts: {@link
     * EventStore#release} lets them go on.
     *
     * @return how many; none means that there are no more
     */
    int release(Node node, String channel, String key, int limit);

    /**
     * Stores copies of delivered events, unsent and this node's, in the order in which the originals were delivered.
     *
     * @param copies the id of each original with that of its copy, which has the header {@link EventEnvelope#REPLAY_OF} beside those
     *     of the original
     * @return how many
     */
    int copy(Node node, Map<UUID, UUID> copies);

    /**
     * Makes delivered events unsent ones of this node, without attempts.
     *
     * @return how many
     */
    int sendAgain(Node node, Collection<UUID> ids);

    /**
     * Notes that nothing is to be sent on a channel.
     *
     * @return whether that was not so before
     */
    boolean pause(String application, String channel, String by);

    /**
     * Forgets a {@link #pause}.
     *
     * @return whether there was one
     */
    boolean resume(String application, String channel);

    /** The channels on which nothing is to be sent. */
    List<ChannelPause> paused(String application);

    /** For each channel and owner with unsent events, the first of them. Takes no longer for many events than for few. */
    List<Backlog> backlog(String application);

    /** How many events are held up; of each kind, none are counted beyond {@code most}. */
    Held held(String application, int most);

    /**
     * What one owner has to send on one channel.
     *
     * @param owner its id if it lives, or what is left of one that is gone, such as a number; {@link Node#NOBODY} has what was given up
     * @param ownerLives whether the owner is among the living
     * @param age how long ago the first of its events was stored, by the clock of the store
     */
    record Backlog(String channel, String owner, boolean ownerLives, Duration age) {

        @Override
        public String toString() {
            return Printable.record(this);
        }
    }
}
