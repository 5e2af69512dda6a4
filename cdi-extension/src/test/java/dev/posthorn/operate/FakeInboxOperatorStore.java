package dev.posthorn.operate;

import dev.posthorn.WhenDead;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxOperatorStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Received events in memory, and what was asked of them. */
final class FakeInboxOperatorStore implements InboxOperatorStore {

    static final Instant NOW = Instant.ofEpochMilli(10_000);

    final List<ReceivedSummary> events = new ArrayList<>();
    final List<String> changes = new ArrayList<>();
    final List<ReceivedFilter> filters = new ArrayList<>();
    int changesUntilBroken = Integer.MAX_VALUE;
    int inKey;

    ReceivedId add(String channel, ReceivedState state, @Nullable String key) {
        ReceivedId id = new ReceivedId("/shop", "e" + events.size());
        events.add(new ReceivedSummary(
                id,
                events.size() + 1L,
                state,
                false,
                "OrderPlaced",
                channel,
                key,
                WhenDead.BLOCK,
                1,
                0,
                null,
                null,
                NOW,
                null));
        return id;
    }

    @Override
    public Instant time() {
        return NOW;
    }

    @Override
    public List<ReceivedCount> counts(String consumer, ReceivedFilter filter) {
        filters.add(filter);
        return List.of();
    }

    @Override
    public ReceivedPage list(String consumer, ReceivedFilter filter, @Nullable String after, int limit) {
        filters.add(filter);
        long from = after == null ? 0 : Long.parseLong(after);
        List<ReceivedSummary> page = events.stream()
                .filter(event -> event.seq() > from)
                .filter(event -> filter.channel() == null || filter.channel().equals(event.channel()))
                .filter(event -> filter.states().isEmpty() || filter.states().contains(event.state()))
                .filter(event -> filter.ids().isEmpty() || filter.ids().contains(event.id()))
                .limit(limit)
                .toList();
        return new ReceivedPage(
                page,
                page.size() == limit
                        ? Optional.of(Long.toString(page.get(limit - 1).seq()))
                        : Optional.empty());
    }

    @Override
    public Optional<ReceivedDetails> find(InboxId id) {
        changes.add("find " + id);
        return Optional.empty();
    }

    @Override
    public int requeue(Collection<InboxId> ids, Set<ReceivedState> from) {
        return change("requeue", ids, from);
    }

    @Override
    public int skip(Collection<InboxId> ids, Set<ReceivedState> from) {
        return change("skip", ids, from);
    }

    @Override
    public int discard(Collection<InboxId> ids, Set<ReceivedState> from) {
        return change("discard", ids, from);
    }

    @Override
    public int forget(Collection<InboxId> ids, Set<ReceivedState> from) {
        return change("forget", ids, from);
    }

    private int change(String what, Collection<InboxId> ids, Set<ReceivedState> from) {
        if (--changesUntilBroken < 0) {
            throw new IllegalStateException("broken");
        }
        changes.add(what + " " + ids.size() + " of "
                + ids.stream().map(InboxId::consumer).distinct().toList() + " if " + new TreeSet<>(from));
        return ids.size();
    }

    @Override
    public int park(String consumer, String channel, String key, int limit) {
        return takeFromKey(limit);
    }

    @Override
    public int release(String consumer, String channel, String key, int limit) {
        return takeFromKey(limit);
    }

    private int takeFromKey(int limit) {
        int taken = Math.min(limit, inKey);
        inKey -= taken;
        return taken;
    }

    @Override
    public List<Overdue> overdue(String consumer) {
        return List.of();
    }

    @Override
    public Held held(String consumer, int most) {
        return new Held(0, 0, 0);
    }
}
