package dev.posthorn.operate;

import dev.posthorn.WhenDead;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events in memory, and who asked for which changes of them. */
final class FakeOperatorStore implements OperatorStore {

    static final Instant NOW = Instant.ofEpochMilli(10_000);

    final List<EventSummary> events = new ArrayList<>();
    final List<String> owners = new ArrayList<>();
    final List<EventFilter> filters = new ArrayList<>();
    final List<Map<UUID, UUID>> copies = new ArrayList<>();
    final Map<String, ChannelPause> pauses = new TreeMap<>();
    List<Backlog> backlog = List.of();
    int changesUntilBroken = Integer.MAX_VALUE;
    int inKey;

    /** What somebody else does between a look and a change. */
    Runnable beforeChange = () -> {};

    EventSummary add(String channel, EventState state, @Nullable String key, long size) {
        EventSummary event = new EventSummary(
                UUID.randomUUID(),
                events.size() + 1L,
                state,
                state == EventState.DEAD,
                "OrderPlaced",
                NOW,
                channel,
                "topic",
                key,
                true,
                WhenDead.BLOCK,
                size,
                0,
                null,
                "somebody",
                null,
                NOW,
                null);
        events.add(event);
        return event;
    }

    @Override
    public Instant time() {
        return NOW;
    }

    @Override
    public List<EventCount> counts(String application, EventFilter filter) {
        filters.add(filter);
        return List.of();
    }

    @Override
    public EventPage list(String application, EventFilter filter, @Nullable String after, int limit) {
        filters.add(filter);
        long from = after == null ? 0 : Long.parseLong(after);
        List<EventSummary> page = events.stream()
                .filter(event -> event.seq() > from)
                .filter(event -> filter.channel() == null || filter.channel().equals(event.channel()))
                .filter(event -> filter.states().isEmpty() || filter.states().contains(event.state()))
                .limit(limit)
                .toList();
        return new EventPage(
                page,
                page.size() == limit
                        ? Optional.of(Long.toString(page.get(limit - 1).seq()))
                        : Optional.empty());
    }

    @Override
    public Optional<EventDetails> find(String application, UUID id) {
        return Optional.empty();
    }

    @Override
    public int requeue(Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(node, ids, from, EventState.UNSENT);
    }

    @Override
    public int skip(Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(node, ids, from, EventState.DEAD);
    }

    @Override
    public int discard(Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(node, ids, from, EventState.DISCARDED);
    }

    @Override
    public int park(Node node, String channel, String key, int limit) {
        return takeFromKey(limit);
    }

    @Override
    public int release(Node node, String channel, String key, int limit) {
        return takeFromKey(limit);
    }

    private int takeFromKey(int limit) {
        int taken = Math.min(limit, inKey);
        inKey -= taken;
        return taken;
    }

    @Override
    public int copy(Node node, Map<UUID, UUID> wanted) {
        copies.add(new LinkedHashMap<>(wanted));
        return wanted.size();
    }

    @Override
    public int sendAgain(Node node, Collection<UUID> ids) {
        return change(node, ids, Set.of(EventState.DELIVERED), EventState.UNSENT);
    }

    private int change(Node node, Collection<UUID> ids, Set<EventState> from, EventState state) {
        if (--changesUntilBroken < 0) {
            throw new IllegalStateException("broken");
        }
        beforeChange.run();
        owners.add(node.id());
        int changed = 0;
        for (int i = 0; i < events.size(); i++) {
            EventSummary event = events.get(i);
            if (ids.contains(event.id()) && from.contains(event.state())) {
                events.set(i, inState(event, state));
                changed++;
            }
        }
        return changed;
    }

    static EventSummary inState(EventSummary event, EventState state) {
        return new EventSummary(
                event.id(),
                event.seq(),
                state,
                false,
                event.type(),
                event.time(),
                event.channel(),
                event.topic(),
                event.key(),
                event.ordered(),
                event.whenDead(),
                event.size(),
                event.attempts(),
                event.error(),
                event.owner(),
                event.due(),
                event.stored(),
                event.settled());
    }

    @Override
    public boolean pause(String application, String channel, String by) {
        return pauses.putIfAbsent(channel, new ChannelPause(channel, NOW, by)) == null;
    }

    @Override
    public boolean resume(String application, String channel) {
        return pauses.remove(channel) != null;
    }

    @Override
    public List<ChannelPause> paused(String application) {
        return List.copyOf(pauses.values());
    }

    @Override
    public List<Backlog> backlog(String application) {
        return backlog;
    }

    @Override
    public Held held(String application, int most) {
        return new Held(0, 0, 0);
    }
}
