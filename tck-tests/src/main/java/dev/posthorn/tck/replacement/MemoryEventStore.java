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
import java.util.TreeMap;
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
    public List<Long> append(Node owner, List<EventEnvelope> events) {
        NavigableMap<Long, EventEnvelope> stored = new TreeMap<>();
        events.forEach(event -> stored.put(sequence.incrementAndGet(), event));
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    unsent.putAll(stored);
                }
            }
        });
        return List.copyOf(stored.keySet());
    }

    @Override
    public Unsent unsent(
            Node owner,
            String channel,
            long after,
            Set<Long> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes) {
        List<StoredEvent> events = unsent.tailMap(after, false).entrySet().stream()
                .filter(entry -> entry.getValue().channel().equals(channel))
                .filter(entry -> !exceptTopics.contains(entry.getValue().topic()))
                .filter(entry -> !except.contains(entry.getKey()))
                .map(entry -> new StoredEvent(entry.getKey(), 0, entry.getValue()))
                .toList();
        return new Unsent(events, true);
    }

    @Override
    public int markDelivered(Node owner, String channel, Collection<Long> numbers) {
        int removed = removeDelivered(owner, channel, numbers);
        delivered.addAndGet(removed);
        return removed;
    }

    @Override
    public int removeDelivered(Node owner, String channel, Collection<Long> numbers) {
        return (int)
                numbers.stream().filter(number -> unsent.remove(number) != null).count();
    }

    @Override
    public Map<Long, Turn> turns(Node owner, String channel, Collection<Long> numbers, Collection<Long> delivered) {
        // There is one node, which is handed nothing by others, and sends events of a key one after the other.
        return numbers.stream().collect(Collectors.toMap(Function.identity(), number -> Turn.NOW));
    }

    @Override
    public boolean markDelayed(Node owner, String channel, long number, int attempts, String error, Duration delay) {
        return true;
    }

    @Override
    public int shelve(Node owner, String channel, String key, Shelf shelf, Collection<Long> except) {
        return 0;
    }

    @Override
    public int shelveBehind(Node owner, String channel, String key, long first, Collection<Long> except) {
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
    public boolean markDead(Node owner, String channel, long number, int attempts, String error) {
        return removeDelivered(owner, channel, Set.of(number)) == 1;
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
