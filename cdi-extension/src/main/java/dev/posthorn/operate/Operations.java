package dev.posthorn.operate;

import static java.util.Objects.requireNonNull;

import dev.posthorn.node.Membership;
import dev.posthorn.operate.AuditLog.Action;
import dev.posthorn.operator.ChannelBacklog;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operator's bean over the store, telling the relay of this node what has changed. */
public final class Operations implements OutboxOperator {

    private static final int KEY_BATCH = 500;

    /** Payloads that are in memory at once while events are copied. */
    static final long COPY_BYTES = 4 << 20;

    /** Parked and discarded events are so by somebody's will, and the unknown perhaps as well: they are meant only where they are named. */
    private static final Set<EventState> NAMED_ONLY =
            EnumSet.of(EventState.PARKED, EventState.DISCARDED, EventState.UNKNOWN);

    private final Supplier<OperatorStore> stores;
    private final Membership membership;
    private final LocalRelay relay;
    private final Pauses pauses;
    private final Runnable giveNotice;
    private final Supplier<UUID> newIds;
    private final AuditLog log;

    /**
     * @param stores throws what tells the caller why there is none
     * @param giveNotice lets other nodes know that there is something for them
     * @param newIds ids for events
     * @param caller who calls, as far as it is known
     */
    public Operations(
            Supplier<OperatorStore> stores,
            Membership membership,
            LocalRelay relay,
            Pauses pauses,
            Runnable giveNotice,
            Supplier<UUID> newIds,
            Supplier<String> caller) {
        this.stores = stores;
        this.membership = membership;
        this.relay = relay;
        this.pauses = pauses;
        this.giveNotice = giveNotice;
        this.newIds = newIds;
        this.log = new AuditLog(caller);
    }

    @Override
    public List<EventCount> counts(EventFilter filter) {
        OperatorStore store = stores.get();
        return requireKnown(filter).none() ? List.of() : store.counts(application(), filter);
    }

    @Override
    public List<ChannelBacklog> backlog() {
        return unsent().backlog();
    }

    @Override
    public EventPage list(EventFilter filter, int limit) {
        return page(filter, null, limit);
    }

    @Override
    public EventPage list(EventFilter filter, String after, int limit) {
        return page(filter, requireNonNull(after, "after"), limit);
    }

    private EventPage page(EventFilter filter, @Nullable String after, int limit) {
        OperatorStore store = stores.get();
        int size = Portions.page(limit);
        return requireKnown(filter).none()
                ? new EventPage(List.of(), Optional.empty())
                : store.list(application(), filter, after, size);
    }

    @Override
    public Optional<EventDetails> inspect(UUID id) {
        return stores.get().find(application(), requireNonNull(id, "id"));
    }

    @Override
    public int requeue(EventFilter filter) {
        return change(
                Action.REQUEUE,
                filter,
                NAMED_ONLY,
                EnumSet.of(
                        EventState.DEAD,
                        EventState.DELAYED,
                        EventState.PARKED,
                        EventState.DISCARDED,
                        EventState.UNKNOWN),
                (events, from) -> stores.get().requeue(owner(events), ids(events), from));
    }

    @Override
    public int skip(EventFilter filter) {
        return change(
                Action.SKIP,
                filter,
                NAMED_ONLY,
                EnumSet.of(EventState.DEAD, EventState.PARKED),
                (events, from) -> stores.get().skip(owner(events), ids(events), from));
    }

    @Override
    public int discard(EventFilter filter) {
        if (requireNonNull(filter, "filter").equals(EventFilter.all())) {
            throw new IllegalArgumentException(
                    "POSTHORN-4032 This would discard every undelivered event of the application. If that is meant, name the states.");
        }
        EnumSet<EventState> undelivered = EnumSet.complementOf(EnumSet.of(EventState.DELIVERED, EventState.DISCARDED));
        return change(Action.DISCARD, filter, Set.of(), undelivered, (events, from) -> stores.get()
                .discard(owner(events), ids(events), from));
    }

    @Override
    public int park(String channel, String key) {
        OperatorStore store = stores.get();
        sending().require(channel);
        requireNonNull(key, "key");
        int parked = Portions.untilNone(() -> store.park(membership.node(), channel, key, KEY_BATCH));
        log.parked(channel, key, parked);
        return parked;
    }

    @Override
    public int release(String channel, String key) {
        OperatorStore store = stores.get();
        sending().require(channel);
        requireNonNull(key, "key");
        int released = Portions.untilNone(() -> store.release(membership.node(), channel, key, KEY_BATCH));
        if (isOurs(channel)) {
            relay.lookAgain(channel, List.of(key));
        }
        log.released(channel, key, released);
        return released;
    }

    @Override
    public int replay(EventFilter filter) {
        return change(
                Action.REPLAY,
                untilNow(filter),
                Set.of(),
                EnumSet.of(EventState.DELIVERED),
                (events, from) -> bySize(events).stream()
                        .mapToInt(some -> stores.get().copy(owner(events), copies(some)))
                        .sum());
    }

    @Override
    public int replayWithSameIds(EventFilter filter) {
        return change(
                Action.REPLAY_WITH_SAME_IDS,
                untilNow(filter),
                Set.of(),
                EnumSet.of(EventState.DELIVERED),
                (events, from) -> stores.get().sendAgain(owner(events), ids(events)));
    }

    /** What is replayed is delivered again, and not to be found once more. */
    private EventFilter untilNow(EventFilter filter) {
        return requireNonNull(filter, "filter").settledUntil() == null
                ? filter.settled(filter.settledFrom(), stores.get().time())
                : filter;
    }

    private Map<UUID, UUID> copies(List<EventSummary> events) {
        Map<UUID, UUID> copies = new LinkedHashMap<>();
        events.forEach(event -> copies.put(event.id(), newIds.get()));
        return copies;
    }

    private static List<List<EventSummary>> bySize(List<EventSummary> events) {
        List<List<EventSummary>> parts = new ArrayList<>();
        long bytes = 0;
        for (EventSummary event : events) {
            bytes += event.size();
            if (parts.isEmpty() || bytes > COPY_BYTES) {
                parts.add(new ArrayList<>());
                bytes = event.size();
            }
            parts.get(parts.size() - 1).add(event);
        }
        return parts;
    }

    private int change(
            Action action,
            EventFilter filter,
            Set<EventState> namedOnly,
            Set<EventState> possible,
            Bulk.Change<EventSummary, EventState> change) {
        OperatorStore store = stores.get();
        Set<EventState> meant = requireKnown(filter).none()
                ? Set.of()
                : Bulk.meant(possible, namedOnly, filter.states(), !filter.ids().isEmpty());
        Bulk<EventSummary, EventState> bulk = new Bulk<>(EventSummary::channel, this::changed);
        return log.during(
                action,
                filter,
                bulk,
                () -> bulk.change(
                        (states, after) -> {
                            EventPage page = store.list(application(), filter.states(states), after, Bulk.PAGE);
                            return new Bulk.Page<>(page.events(), page.next());
                        },
                        meant,
                        change));
    }

    /** A node that has the channel takes events of nobody over. */
    private Node owner(List<EventSummary> ofOneChannel) {
        return isOurs(ofOneChannel.get(0).channel()) ? membership.node() : new Node(Node.NOBODY, application());
    }

    private void changed(List<EventSummary> ofOneChannel) {
        String channel = ofOneChannel.get(0).channel();
        if (isOurs(channel)) {
            relay.lookAgain(channel, keys(ofOneChannel));
        } else {
            giveNotice.run();
        }
    }

    private boolean isOurs(String channel) {
        return relay.channels().contains(channel);
    }

    private static Set<String> keys(List<EventSummary> events) {
        return events.stream()
                .filter(EventSummary::ordered)
                .map(EventSummary::key)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean pause(String channel) {
        either().require(channel);
        boolean changed = stores.get().pause(application(), channel, log.caller());
        pauses.refresh();
        giveNotice.run();
        log.paused(channel, changed);
        return changed;
    }

    @Override
    public boolean resume(String channel) {
        either().require(channel);
        boolean changed = stores.get().resume(application(), channel);
        pauses.refresh();
        giveNotice.run();
        log.resumed(channel, changed);
        return changed;
    }

    @Override
    public List<ChannelPause> paused() {
        return stores.get().paused(application());
    }

    @Override
    public boolean drain(Duration timeout) {
        return drained(Set.of(), timeout);
    }

    @Override
    public boolean drain(Set<String> channels, Duration timeout) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException(
                    "POSTHORN-4035 No channel was named to be drained: nothing was waited for. "
                            + "Call drain(Duration) for all of them.");
        }
        channels.forEach(sending()::require);
        return drained(channels, timeout);
    }

    /** @param channels none for all */
    private boolean drained(Set<String> channels, Duration timeout) {
        boolean drained = unsent().drained(channels, timeout);
        log.drained(channels, timeout, drained);
        return drained;
    }

    private UnsentEvents unsent() {
        return new UnsentEvents(stores.get(), application());
    }

    private EventFilter requireKnown(EventFilter filter) {
        String channel = requireNonNull(filter, "filter").channel();
        if (channel != null) {
            sending().require(channel);
        }
        return filter;
    }

    /** Events may be left of channels that the application had. */
    private KnownChannels sending() {
        return new KnownChannels(relay.sending(), this::hasEvents);
    }

    private KnownChannels either() {
        Set<String> either = new TreeSet<>(relay.sending());
        either.addAll(relay.receiving());
        return new KnownChannels(either, channel -> isPaused(channel) || hasEvents(channel));
    }

    private boolean isPaused(String channel) {
        return paused().stream().anyMatch(pause -> pause.channel().equals(channel));
    }

    private boolean hasEvents(String channel) {
        return !stores.get()
                .list(application(), EventFilter.all().channel(channel), null, 1)
                .events()
                .isEmpty();
    }

    private String application() {
        return membership.node().application();
    }

    private static List<UUID> ids(List<EventSummary> events) {
        return events.stream().map(EventSummary::id).toList();
    }
}
