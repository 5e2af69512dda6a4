package dev.posthorn.tck.replacement;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One node's events, visible with the commit of the transaction that stores them, and lost with the server. */
@ApplicationScoped
public class MemoryEventStore implements EventStore {

    private final NavigableMap<Long, EventEnvelope> unsent = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();

    @Resource
    private TransactionSynchronizationRegistry transaction;

    public long delivered() {
        return delivered.get();
    }

    @Override
    public List<String> prepare() {
        return List.of();
    }

    @Override
    public void append(Node owner, List<EventEnvelope> events) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    events.forEach(event -> unsent.put(sequence.incrementAndGet(), event));
                }
            }
        });
    }

    @Override
    public Unsent unsent(
            Node owner,
            String channel,
            long after,
            Set<UUID> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes) {
        List<StoredEvent> events = unsent.tailMap(after, false).entrySet().stream()
                .filter(entry -> entry.getValue().channel().equals(channel))
                .filter(entry -> !exceptTopics.contains(entry.getValue().topic()))
                .filter(entry -> !except.contains(entry.getValue().id()))
                .map(entry -> new StoredEvent(entry.getKey(), 0, entry.getValue()))
                .toList();
        return new Unsent(events, true);
    }

    @Override
    public int markDelivered(Node owner, Collection<UUID> ids) {
        int removed = removeDelivered(owner, ids);
        delivered.addAndGet(removed);
        return removed;
    }

    @Override
    public int removeDelivered(Node owner, Collection<UUID> ids) {
        int before = unsent.size();
        unsent.values().removeIf(event -> ids.contains(event.id()));
        return before - unsent.size();
    }

    @Override
    public Map<UUID, Turn> turns(Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        // There is one node, which is handed nothing by others, and sends events of a key one after the other.
        return ids.stream().collect(Collectors.toMap(Function.identity(), id -> Turn.NOW));
    }

    @Override
    public boolean markDelayed(Node owner, UUID id, int attempts, String error, Duration delay) {
        return true;
    }

    @Override
    public int shelve(Node owner, String channel, String key, Shelf shelf, Collection<UUID> except) {
        return 0;
    }

    @Override
    public int shelveBehind(Node owner, String channel, String key, UUID first, Collection<UUID> except) {
        return 0;
    }

    @Override
    public int takeDue(Node node, String channel, int limit) {
        return 0;
    }

    @Override
    public List<String> waitingKeys(Node node, String channel, String after, int limit) {
        return List.of();
    }

    @Override
    public Set<String> release(Node node, String channel, Collection<String> keys) {
        return Set.of();
    }

    @Override
    public int giveUp(Node owner, String channel) {
        return 0;
    }

    @Override
    public boolean markDead(Node owner, UUID id, int attempts, String error) {
        return removeDelivered(owner, Set.of(id)) == 1;
    }

    @Override
    public Set<String> adopt(Node node, Set<String> channels) {
        return Set.of();
    }

    @Override
    public int clean(Node node, Duration retention, int limit) {
        return 0;
    }
}
