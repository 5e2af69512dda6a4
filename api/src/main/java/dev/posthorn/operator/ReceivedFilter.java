package dev.posthorn.operator;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which received events are meant: those that meet all conditions. What is null is no condition, and an empty
 * set in the constructor neither; {@link #ids} and {@link #states} of nothing let nothing through.
 *
 * <pre>{@code
 * ReceivedFilter.all().states(ReceivedState.DEAD).channel("orders").type("OrderPlaced")
 * }</pre>
 *
 * @param ids the events' ids
 * @param states what has become of them
 * @param type the logical type; no event that could not be read has one
 * @param receivedFrom when they arrived, by the clock of the database; inclusive
 * @param receivedUntil exclusive
 * @param settledFrom when they were handled or discarded, by the clock of the database; inclusive
 * @param settledUntil exclusive
 * @param none whether it lets nothing through, since it names no event or no state
 */
public record ReceivedFilter(
        Set<ReceivedId> ids,
        Set<ReceivedState> states,
        @Nullable String channel,
        @Nullable String type,
        @Nullable String key,
        @Nullable Instant receivedFrom,
        @Nullable Instant receivedUntil,
        @Nullable Instant settledFrom,
        @Nullable Instant settledUntil,
        boolean none) {

    private static final ReceivedFilter ALL =
            new ReceivedFilter(Set.of(), Set.of(), null, null, null, null, null, null, null, false);

    public ReceivedFilter {
        ids = Set.copyOf(ids);
        states = Set.copyOf(states);
    }

    /** Every event that was received. */
    public static ReceivedFilter all() {
        return ALL;
    }

    /** Every event that is neither handled nor discarded. */
    public static ReceivedFilter unhandled() {
        return ALL.states(EnumSet.complementOf(EnumSet.of(ReceivedState.HANDLED, ReceivedState.DISCARDED)));
    }

    /** These events alone: without ids, none. */
    public ReceivedFilter ids(ReceivedId... ids) {
        return ids(Arrays.asList(ids));
    }

    /** These events alone: without ids, none. */
    public ReceivedFilter ids(Collection<ReceivedId> ids) {
        return new ReceivedFilter(
                Set.copyOf(ids),
                states,
                channel,
                type,
                key,
                receivedFrom,
                receivedUntil,
                settledFrom,
                settledUntil,
                none || ids.isEmpty());
    }

    /** Events in these states alone: without states, none. */
    public ReceivedFilter states(ReceivedState... states) {
        return states(Arrays.asList(states));
    }

    /** Events in these states alone: without states, none. */
    public ReceivedFilter states(Collection<ReceivedState> states) {
        return new ReceivedFilter(
                ids,
                Set.copyOf(states),
                channel,
                type,
                key,
                receivedFrom,
                receivedUntil,
                settledFrom,
                settledUntil,
                none || states.isEmpty());
    }

    public ReceivedFilter channel(String channel) {
        return new ReceivedFilter(
                ids,
                states,
                requireNonNull(channel, "channel"),
                type,
                key,
                receivedFrom,
                receivedUntil,
                settledFrom,
                settledUntil,
                none);
    }

    public ReceivedFilter type(String type) {
        return new ReceivedFilter(
                ids,
                states,
                channel,
                requireNonNull(type, "type"),
                key,
                receivedFrom,
                receivedUntil,
                settledFrom,
                settledUntil,
                none);
    }

    public ReceivedFilter key(String key) {
        return new ReceivedFilter(
                ids,
                states,
                channel,
                type,
                requireNonNull(key, "key"),
                receivedFrom,
                receivedUntil,
                settledFrom,
                settledUntil,
                none);
    }

    /**
     * Arrived in this time.
     *
     * @param from inclusive; null: since ever
     * @param until exclusive; null: until now
     */
    public ReceivedFilter received(@Nullable Instant from, @Nullable Instant until) {
        return new ReceivedFilter(ids, states, channel, type, key, from, until, settledFrom, settledUntil, none);
    }

    /**
     * Handled or discarded in this time.
     *
     * @param from inclusive; null: since ever
     * @param until exclusive; null: until now
     */
    public ReceivedFilter settled(@Nullable Instant from, @Nullable Instant until) {
        return new ReceivedFilter(ids, states, channel, type, key, receivedFrom, receivedUntil, from, until, none);
    }

    /** The conditions, as a log says them. */
    @Override
    public String toString() {
        if (none) {
            return "no received events";
        }
        return new FilterText()
                .ids(ids, Comparator.naturalOrder())
                .states(states)
                .and("channel", channel)
                .and("type", type)
                .and("key", key)
                .and("received", receivedFrom, " or later")
                .and("received before", receivedUntil)
                .and("settled", settledFrom, " or later")
                .and("settled before", settledUntil)
                .or("all received events");
    }
}
