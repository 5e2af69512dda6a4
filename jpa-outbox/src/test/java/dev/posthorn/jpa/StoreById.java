package dev.posthorn.jpa;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.UnreadableEvent;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;

/**
 * A store whose events are named by their ids, which tests know before they are stored. It learns the numbers from what the store answers:
 * when it stores them, or else when it reads what is unsent. It asks the store for each channel apart.
 */
final class StoreById {

    private static final long NEVER_STORED = Long.MAX_VALUE;

    private final EventStore store;
    private final Map<UUID, Long> numbers = new HashMap<>();
    private final Map<UUID, String> channels = new HashMap<>();
    private final Map<UUID, Node> ownersOfUnknown = new HashMap<>();

    StoreById(EventStore store) {
        this.store = store;
    }

    List<Long> append(Node owner, List<EventEnvelope> events) {
        List<Long> given = store.append(owner, events);
        for (int i = 0; i < events.size(); i++) {
            if (given.isEmpty()) {
                channels.put(events.get(i).id(), events.get(i).channel());
                ownersOfUnknown.put(events.get(i).id(), owner);
            } else {
                learn(given.get(i), events.get(i));
            }
        }
        return given;
    }

    /** What another one has stored. */
    void learn(long number, EventEnvelope event) {
        numbers.put(event.id(), number);
        channels.put(event.id(), event.channel());
        ownersOfUnknown.remove(event.id());
    }

    /** Reads the numbers that it does not know, as long as the events are unsent. */
    private void learn() {
        Map.copyOf(ownersOfUnknown).forEach((id, owner) -> {
            if (ownersOfUnknown.containsKey(id)) {
                Unsent unsent = unsent(owner, channel(id), 0, Set.of(), Set.of(), 10_000, Long.MAX_VALUE);
                unsent.unreadable()
                        .forEach(event ->
                                numbers.put(UUID.fromString(event.event().id()), event.seq()));
            }
        });
        ownersOfUnknown.clear();
    }

    long number(UUID id) {
        learn();
        return numbers.getOrDefault(id, NEVER_STORED);
    }

    private String channel(UUID id) {
        return channels.getOrDefault(id, Events.CHANNEL);
    }

    Set<Long> numbers(Collection<UUID> ids) {
        return ids.stream().map(this::number).collect(Collectors.toSet());
    }

    Unsent unsent(
            Node owner,
            String channel,
            long after,
            Set<UUID> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes) {
        Unsent unsent = store.unsent(owner, channel, after, numbers(except), exceptTopics, maxEvents, maxBytes);
        unsent.events().forEach(event -> learn(event.seq(), event.event()));
        return unsent;
    }

    Map<UUID, Turn> turns(Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        Map<UUID, Turn> turns = new HashMap<>();
        byChannel(ids).forEach((channel, some) -> {
            Map<Long, Turn> found = store.turns(owner, channel, numbers(some), numbers(delivered));
            some.stream()
                    .filter(id -> found.containsKey(number(id)))
                    .forEach(id -> turns.put(id, found.get(number(id))));
        });
        return turns;
    }

    int markDelivered(Node owner, Collection<UUID> ids) {
        return sum(ids, (channel, some) -> store.markDelivered(owner, channel, some));
    }

    int removeDelivered(Node owner, Collection<UUID> ids) {
        return sum(ids, (channel, some) -> store.removeDelivered(owner, channel, some));
    }

    private int sum(Collection<UUID> ids, ToIntBiFunction<String, Collection<Long>> change) {
        return byChannel(ids).entrySet().stream()
                .mapToInt(each -> change.applyAsInt(each.getKey(), numbers(each.getValue())))
                .sum();
    }

    private Map<String, List<UUID>> byChannel(Collection<UUID> ids) {
        return ids.stream().distinct().collect(Collectors.groupingBy(this::channel));
    }

    boolean markDelayed(Node owner, UUID id, int attempts, String error, Duration delay) {
        return store.markDelayed(owner, channel(id), number(id), attempts, error, delay);
    }

    boolean markDead(Node owner, UUID id, int attempts, String error) {
        return store.markDead(owner, channel(id), number(id), attempts, error);
    }

    /** Of what could not be read. */
    boolean markDead(Node owner, UnreadableEvent event, int attempts, String error) {
        return store.markDead(owner, event.event().channel(), event.seq(), attempts, error);
    }

    int shelve(Node owner, String channel, String key, Shelf shelf, Collection<UUID> except) {
        learn();
        return store.shelve(owner, channel, key, shelf, numbers(except));
    }

    int shelveBehind(Node owner, String channel, String key, UUID first, Collection<UUID> except) {
        return store.shelveBehind(owner, channel, key, number(first), numbers(except));
    }

    int takeDue(Node node, String channel, int limit) {
        return store.takeDue(node, channel, limit);
    }

    List<String> waitingKeys(Node node, String channel, String after, int limit) {
        return store.waitingKeys(node, channel, after, limit);
    }

    Set<String> release(Node node, String channel, Collection<String> keys) {
        return store.release(node, channel, keys);
    }

    Set<String> adopt(Node node, Set<String> channels) {
        return store.adopt(node, channels);
    }

    int giveUp(Node owner, String channel) {
        return store.giveUp(owner, channel);
    }

    int clean(Node node, Duration retention, int limit) {
        return store.clean(node, retention, limit);
    }
}
