package dev.posthorn.operate;

import static java.util.Objects.requireNonNull;

import dev.posthorn.operate.AuditLog.Action;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.operator.InboxOperator;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.operator.RepetitionCount;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxOperatorStore;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operator's bean over the inbox's table, telling the inbox of this node what has changed. */
public final class InboxOperations implements InboxOperator {

    private static final int KEY_BATCH = 200;

    /** Parked and discarded events are so by somebody's will, and the unknown perhaps as well: they are meant only where they are named. */
    private static final Set<ReceivedState> NAMED_ONLY =
            EnumSet.of(ReceivedState.PARKED, ReceivedState.DISCARDED, ReceivedState.UNKNOWN);

    private static final Set<ReceivedState> ENDED = EnumSet.of(ReceivedState.HANDLED, ReceivedState.DISCARDED);

    private final Supplier<LocalInbox> inbox;
    private final Supplier<InboxOperatorStore> stores;
    private final OutboxOperator channels;
    private final AuditLog log;

    /**
     * @param inbox throws what tells the caller why there is none
     * @param stores the same
     * @param channels pauses channels of both kinds
     * @param caller who calls, as far as it is known
     */
    public InboxOperations(
            Supplier<LocalInbox> inbox,
            Supplier<InboxOperatorStore> stores,
            OutboxOperator channels,
            Supplier<String> caller) {
        this.inbox = inbox;
        this.stores = stores;
        this.channels = channels;
        this.log = new AuditLog(caller);
    }

    @Override
    public List<ReceivedCount> counts(ReceivedFilter filter) {
        InboxOperatorStore store = stores.get();
        return requireKnown(filter).none() ? List.of() : store.counts(consumer(), filter);
    }

    @Override
    public List<RepetitionCount> repetitions() {
        return inbox.get().repetitions().get();
    }

    @Override
    public ReceivedPage list(ReceivedFilter filter, int limit) {
        return page(filter, null, limit);
    }

    @Override
    public ReceivedPage list(ReceivedFilter filter, String after, int limit) {
        return page(filter, requireNonNull(after, "after"), limit);
    }

    private ReceivedPage page(ReceivedFilter filter, @Nullable String after, int limit) {
        InboxOperatorStore store = stores.get();
        int size = Portions.page(limit);
        return requireKnown(filter).none()
                ? new ReceivedPage(List.of(), Optional.empty())
                : store.list(consumer(), filter, after, size);
    }

    @Override
    public Optional<ReceivedDetails> inspect(ReceivedId id) {
        return stores.get().find(new InboxId(consumer(), id.source(), id.id()));
    }

    @Override
    public int requeue(ReceivedFilter filter) {
        return change(
                Action.REQUEUE_RECEIVED,
                filter,
                NAMED_ONLY,
                EnumSet.of(
                        ReceivedState.DEAD,
                        ReceivedState.DELAYED,
                        ReceivedState.PARKED,
                        ReceivedState.DISCARDED,
                        ReceivedState.UNKNOWN),
                InboxOperatorStore::requeue);
    }

    @Override
    public int skip(ReceivedFilter filter) {
        return change(
                Action.SKIP_RECEIVED,
                filter,
                NAMED_ONLY,
                EnumSet.of(ReceivedState.DEAD, ReceivedState.PARKED),
                InboxOperatorStore::skip);
    }

    @Override
    public int discard(ReceivedFilter filter) {
        requireCondition(filter, "discard every unhandled event");
        return change(
                Action.DISCARD_RECEIVED,
                filter,
                Set.of(),
                EnumSet.complementOf(EnumSet.copyOf(ENDED)),
                InboxOperatorStore::discard);
    }

    @Override
    public int forget(ReceivedFilter filter) {
        requireCondition(filter, "forget every event that was handled or discarded");
        return change(Action.FORGET_RECEIVED, filter, Set.of(), ENDED, InboxOperatorStore::forget);
    }

    private static void requireCondition(ReceivedFilter filter, String what) {
        if (requireNonNull(filter, "filter").equals(ReceivedFilter.all())) {
            throw new IllegalArgumentException(
                    "POSTHORN-4032 This would " + what + ". If that is meant, name the states.");
        }
    }

    /** A change of some events, unless they are in other states by then, which answers how many it changed. */
    private interface Change {
        int apply(InboxOperatorStore store, List<InboxId> events, Set<ReceivedState> from);
    }

    private int change(
            Action action,
            ReceivedFilter filter,
            Set<ReceivedState> namedOnly,
            Set<ReceivedState> possible,
            Change change) {
        InboxOperatorStore store = stores.get();
        LocalInbox changedInbox = inbox.get();
        Set<ReceivedState> open = requireKnown(filter).none()
                ? EnumSet.noneOf(ReceivedState.class)
                : Bulk.meant(possible, namedOnly, filter.states(), !filter.ids().isEmpty());
        Set<ReceivedState> ended = EnumSet.copyOf(ENDED);
        ended.retainAll(open);
        open.removeAll(ended);
        Map<String, Set<String>> keys = new HashMap<>();
        Bulk<ReceivedSummary, ReceivedState> bulk =
                new Bulk<>(event -> consumer(), events -> events.forEach(event -> noteKey(keys, event)));
        Bulk.Change<ReceivedSummary, ReceivedState> ofIds = (events, from) ->
                change.apply(store, events.stream().map(this::inboxId).toList(), from);
        try {
            return log.during(action, filter, bulk, () -> {
                bulk.change(pages(store, filter), open, ofIds);
                bulk.change(pages(store, ended.isEmpty() ? filter : untilNow(store, filter)), ended, ofIds);
            });
        } finally {
            // Only now may others of the same keys go on: they would leave the pages before they are changed.
            keys.forEach(changedInbox.changed());
        }
    }

    private Bulk.Pages<ReceivedSummary, ReceivedState> pages(InboxOperatorStore store, ReceivedFilter filter) {
        return (states, after) -> {
            ReceivedPage page = store.list(consumer(), filter.states(states), after, Bulk.PAGE);
            return new Bulk.Page<>(page.events(), page.next());
        };
    }

    /** What comes to its end again is not to be found once more. */
    private static ReceivedFilter untilNow(InboxOperatorStore store, ReceivedFilter filter) {
        return filter.settledUntil() != null
                ? filter
                : filter.settled(filter.settledFrom(), store.time().plusMillis(1));
    }

    private static void noteKey(Map<String, Set<String>> keys, ReceivedSummary event) {
        Set<String> ofChannel = keys.computeIfAbsent(event.channel(), channel -> new HashSet<>());
        if (event.key() != null) {
            ofChannel.add(event.key());
        }
    }

    private InboxId inboxId(ReceivedSummary event) {
        return new InboxId(consumer(), event.id().source(), event.id().id());
    }

    @Override
    public int park(String channel, String key) {
        InboxOperatorStore store = stores.get();
        requireKnown(channel);
        requireNonNull(key, "key");
        int parked = Portions.untilNone(() -> store.park(consumer(), channel, key, KEY_BATCH));
        log.parkedReceived(channel, key, parked);
        return parked;
    }

    @Override
    public int release(String channel, String key) {
        InboxOperatorStore store = stores.get();
        requireKnown(channel);
        requireNonNull(key, "key");
        int released = Portions.untilNone(() -> store.release(consumer(), channel, key, KEY_BATCH));
        inbox.get().changed().accept(channel, List.of(key));
        log.releasedReceived(channel, key, released);
        return released;
    }

    @Override
    public boolean pause(String channel) {
        return channels.pause(channel);
    }

    @Override
    public boolean resume(String channel) {
        return channels.resume(channel);
    }

    @Override
    public List<ChannelPause> paused() {
        return channels.paused();
    }

    private ReceivedFilter requireKnown(ReceivedFilter filter) {
        String channel = requireNonNull(filter, "filter").channel();
        if (channel != null) {
            requireKnown(channel);
        }
        return filter;
    }

    /** Events may be left of channels that the application had. */
    private void requireKnown(String channel) {
        new KnownChannels(inbox.get().channels(), this::hasEvents).require(channel);
    }

    private boolean hasEvents(String channel) {
        return !stores.get()
                .list(consumer(), ReceivedFilter.all().channel(channel), null, 1)
                .events()
                .isEmpty();
    }

    private String consumer() {
        return inbox.get().consumer();
    }
}
