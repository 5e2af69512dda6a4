package dev.posthorn.operate;

import static java.util.Objects.requireNonNull;

import dev.posthorn.node.Membership;
import dev.posthorn.operate.AuditLog.Action;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.spi.OperatorStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operator's bean over the store, telling the relay of this node what has changed. */
public final class Operations implements OutboxOperator {

    private static final int KEY_BATCH = 500;

    /** Payloads that are in memory at once while events are copied. */
    static final long COPY_BYTES = 4 << 20;

    private static final long GLANCE = Duration.ofMillis(100).toNanos();

    /** Parked and discarded events are so by somebody's will: they are meant only where they are named. */
    private static final Set<EventState> NAMED_ONLY = EnumSet.of(EventState.PARKED, EventState.DISCARDED);

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
        return stores.get().counts(application(), requireNonNull(filter, "filter"));
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
        requireNonNull(filter, "filter");
        return stores.get().list(application(), filter, after, Portions.page(limit));
    }

    @Override
    public Optional<EventDetails> inspect(UUID id) {
        return stores.get().find(application(), requireNonNull(id, "id"));
    }

    @Override
    public int requeue(EventFilter filter) {
        return bulk(
                Action.REQUEUE,
                filter,
                EnumSet.of(EventState.DEAD, EventState.DELAYED, EventState.PARKED, EventState.DISCARDED),
                (owner, events, from) -> stores.get().requeue(owner, ids(events), from));
    }

    @Override
    public int skip(EventFilter filter) {
        return bulk(
                Action.SKIP,
                filter,
                EnumSet.of(EventState.DEAD, EventState.PARKED),
                (owner, events, from) -> stores.get().skip(owner, ids(events), from));
    }

    @Override
    public int discard(EventFilter filter) {
        if (requireNonNull(filter, "filter").equals(EventFilter.all())) {
            throw new IllegalArgumentException(
                    "This would discard every undelivered event of the application. If that is meant, name the states.");
        }
        EnumSet<EventState> undelivered = EnumSet.complementOf(EnumSet.of(EventState.DELIVERED, EventState.DISCARDED));
        return count(Action.DISCARD, filter, undelivered, (owner, events, from) -> stores.get()
                .discard(owner, ids(events), from));
    }

    @Override
    public int park(String channel, String key) {
        OperatorStore store = stores.get();
        requireNonNull(channel, "channel");
        requireNonNull(key, "key");
        int parked = Portions.untilNone(() -> store.park(membership.node(), channel, key, KEY_BATCH));
        log.parked(channel, key, parked);
        return parked;
    }

    @Override
    public int release(String channel, String key) {
        OperatorStore store = stores.get();
        requireNonNull(channel, "channel");
        requireNonNull(key, "key");
        int released = Portions.untilNone(() -> store.release(membership.node(), channel, key, KEY_BATCH));
        if (relay.channels().contains(channel)) {
            relay.lookAgain(channel, List.of(key));
        }
        log.released(channel, key, released);
        return released;
    }

    @Override
    public int replay(EventFilter filter) {
        return count(
                Action.REPLAY,
                untilNow(filter),
                EnumSet.of(EventState.DELIVERED),
                (owner, events, from) -> bySize(events).stream()
                        .mapToInt(some -> stores.get().copy(owner, copies(some)))
                        .sum());
    }

    @Override
    public int replayWithSameIds(EventFilter filter) {
        return count(
                Action.REPLAY_WITH_SAME_IDS,
                untilNow(filter),
                EnumSet.of(EventState.DELIVERED),
                (owner, events, from) -> stores.get().sendAgain(owner, ids(events)));
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

    private int bulk(Action action, EventFilter filter, Set<EventState> possible, Bulk.Change change) {
        Set<EventState> meant = EnumSet.copyOf(possible);
        if (requireNonNull(filter, "filter").states().isEmpty() && filter.ids().isEmpty()) {
            meant.removeAll(NAMED_ONLY);
        }
        return count(action, filter, meant, change);
    }

    private int count(Action action, EventFilter filter, Set<EventState> possible, Bulk.Change change) {
        Bulk bulk = new Bulk(stores.get(), membership.node(), relay, giveNotice);
        try {
            bulk.change(filter, possible, change);
        } catch (RuntimeException e) {
            log.broke(action, filter, bulk.count(), e);
            throw e;
        }
        log.done(action, filter, bulk.count());
        return bulk.count();
    }

    @Override
    public boolean pause(String channel) {
        requireNonNull(channel, "channel");
        boolean changed = stores.get().pause(application(), channel, log.caller());
        pauses.refresh();
        giveNotice.run();
        log.paused(channel, changed);
        return changed;
    }

    @Override
    public boolean resume(String channel) {
        requireNonNull(channel, "channel");
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
        return drain(Set.of(), timeout);
    }

    @Override
    public boolean drain(Set<String> channels, Duration timeout) {
        OperatorStore store = stores.get();
        long until = System.nanoTime() + timeout.toNanos();
        boolean drained = isDrained(store, channels);
        while (!drained
                && until - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(GLANCE);
            drained = isDrained(store, channels);
        }
        log.drained(channels, timeout, drained);
        return drained;
    }

    private boolean isDrained(OperatorStore store, Set<String> channels) {
        return store.backlog(application()).stream()
                .noneMatch(each -> channels.isEmpty() || channels.contains(each.channel()));
    }

    private String application() {
        return membership.node().application();
    }

    private static List<UUID> ids(List<EventSummary> events) {
        return events.stream().map(EventSummary::id).toList();
    }
}
