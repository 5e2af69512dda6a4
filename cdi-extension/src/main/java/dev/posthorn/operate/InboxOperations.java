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
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxOperatorStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operator's bean over the inbox's table, telling the inbox of this node what has changed. */
public final class InboxOperations implements InboxOperator {

    private static final int KEY_BATCH = 200;

    /** Parked and discarded events are so by somebody's will: they are meant only where they are named. */
    private static final Set<ReceivedState> NAMED_ONLY = EnumSet.of(ReceivedState.PARKED, ReceivedState.DISCARDED);

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
        return stores.get().counts(consumer(), requireNonNull(filter, "filter"));
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
        requireNonNull(filter, "filter");
        return stores.get().list(consumer(), filter, after, Portions.page(limit));
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
                meant(
                        filter,
                        EnumSet.of(
                                ReceivedState.DEAD,
                                ReceivedState.DELAYED,
                                ReceivedState.PARKED,
                                ReceivedState.DISCARDED)),
                InboxOperatorStore::requeue);
    }

    @Override
    public int skip(ReceivedFilter filter) {
        return change(
                Action.SKIP_RECEIVED,
                filter,
                meant(filter, EnumSet.of(ReceivedState.DEAD, ReceivedState.PARKED)),
                InboxOperatorStore::skip);
    }

    @Override
    public int discard(ReceivedFilter filter) {
        requireCondition(filter, "discard every unhandled event");
        return change(
                Action.DISCARD_RECEIVED,
                filter,
                EnumSet.complementOf(EnumSet.copyOf(ENDED)),
                InboxOperatorStore::discard);
    }

    @Override
    public int forget(ReceivedFilter filter) {
        requireCondition(filter, "forget every event that was handled or discarded");
        return change(Action.FORGET_RECEIVED, filter, ENDED, InboxOperatorStore::forget);
    }

    private static void requireCondition(ReceivedFilter filter, String what) {
        if (requireNonNull(filter, "filter").equals(ReceivedFilter.all())) {
            throw new IllegalArgumentException("This would " + what + ". If that is meant, name the states.");
        }
    }

    private static Set<ReceivedState> meant(ReceivedFilter filter, Set<ReceivedState> possible) {
        Set<ReceivedState> meant = EnumSet.copyOf(possible);
        if (requireNonNull(filter, "filter").states().isEmpty() && filter.ids().isEmpty()) {
            meant.removeAll(NAMED_ONLY);
        }
        return meant;
    }

    private int change(Action action, ReceivedFilter filter, Set<ReceivedState> possible, InboxBulk.Change change) {
        InboxBulk bulk = new InboxBulk(stores.get(), inbox.get());
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
    public int park(String channel, String key) {
        InboxOperatorStore store = stores.get();
        requireNonNull(channel, "channel");
        requireNonNull(key, "key");
        int parked = Portions.untilNone(() -> store.park(consumer(), channel, key, KEY_BATCH));
        log.parkedReceived(channel, key, parked);
        return parked;
    }

    @Override
    public int release(String channel, String key) {
        InboxOperatorStore store = stores.get();
        requireNonNull(channel, "channel");
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

    private String consumer() {
        return inbox.get().consumer();
    }
}
