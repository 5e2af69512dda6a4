package dev.posthorn.operator;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant: those that meet all conditions. What is null is no condition, and an empty
 * set in the constructor neither; {@link #ids} and {@link #states} of nothing let nothing through.
 *
 * <pre>{@code
 * EventFilter.all().states(EventState.DEAD).channel("orders").type("OrderPlaced")
 * }</pre>
 *
 * @param ids the events' ids
 * @param states what has become of them
 * @param type the logical type
 * @param storedFrom when they were stored, by the clock of the database; inclusive
 * @param storedUntil exclusive
 * @param settledFrom when they were delivered or discarded, by the clock of the database; inclusive
 * @param settledUntil exclusive
 * @param none whether it lets nothing through, since it names no event or no state
 */
public record EventFilter(
        Set<UUID> ids,
        Set<EventState> states,
        @Nullable String channel,
        @Nullable String type,
        @Nullable String key,
        @Nullable Instant storedFrom,
        @Nullable Instant storedUntil,
        @Nullable Instant settledFrom,
        @Nullable Instant settledUntil,
        boolean none) {

    private static final EventFilter ALL =
            new EventFilter(Set.of(), Set.of(), null, null, null, null, null, null, null, false);

    public EventFilter {
        ids = Set.copyOf(ids);
        states = Set.copyOf(states);
    }

    /** Every event of the application. */
    public static EventFilter all() {
        return ALL;
    }

    /** Every event of the application that is neither delivered nor discarded. */
    public static EventFilter undelivered() {
        return ALL.states(EnumSet.complementOf(EnumSet.of(EventState.DELIVERED, EventState.DISCARDED)));
    }

    /** These events alone: without ids, none. */
    public EventFilter ids(UUID... ids) {
        return ids(Arrays.asList(ids));
    }

    /** These events alone: without ids, none. */
    public EventFilter ids(Collection<UUID> ids) {
        return new EventFilter(
                Set.copyOf(ids),
                states,
                channel,
                type,
                key,
                storedFrom,
                storedUntil,
                settledFrom,
                settledUntil,
                none || ids.isEmpty());
    }

    /** Events in these states alone: without states, none. */
    public EventFilter states(EventState... states) {
        return states(Arrays.asList(states));
    }

    /** Events in these states alone: without states, none. */
    public EventFilter states(Collection<EventState> states) {
        return new EventFilter(
                ids,
                Set.copyOf(states),
                channel,
                type,
                key,
                storedFrom,
                storedUntil,
                settledFrom,
                settledUntil,
                none || states.isEmpty());
    }

    public EventFilter channel(String channel) {
        return new EventFilter(
                ids,
                states,
                requireNonNull(channel, "channel"),
                type,
                key,
                storedFrom,
                storedUntil,
                settledFrom,
                settledUntil,
                none);
    }

    public EventFilter type(String type) {
        return new EventFilter(
                ids,
                states,
                channel,
                requireNonNull(type, "type"),
                key,
                storedFrom,
                storedUntil,
                settledFrom,
                settledUntil,
                none);
    }

    public EventFilter key(String key) {
        return new EventFilter(
                ids,
                states,
                channel,
                type,
                requireNonNull(key, "key"),
                storedFrom,
                storedUntil,
                settledFrom,
                settledUntil,
                none);
    }

    /**
     * Stored in this time.
     *
     * @param from inclusive; null: since ever
     * @param until exclusive; null: until now
     */
    public EventFilter stored(@Nullable Instant from, @Nullable Instant until) {
        return new EventFilter(ids, states, channel, type, key, from, until, settledFrom, settledUntil, none);
    }

    /**
     * Delivered or discarded in this time.
     *
     * @param from inclusive; null: since ever
     * @param until exclusive; null: until now
     */
    public EventFilter settled(@Nullable Instant from, @Nullable Instant until) {
        return new EventFilter(ids, states, channel, type, key, storedFrom, storedUntil, from, until, none);
    }

    /** The conditions, as a log says them. */
    @Override
    public String toString() {
        if (none) {
            return "no events";
        }
        return new FilterText()
                .ids(ids, Comparator.comparing(UUID::toString))
                .states(states)
                .and("channel", channel)
                .and("type", type)
                .and("key", key)
                .and("stored", storedFrom, " or later")
                .and("stored before", storedUntil)
                .and("settled", settledFrom, " or later")
                .and("settled before", settledUntil)
                .or("all events");
    }
}
