package dev.posthorn.store;

import dev.posthorn.PosthornException;
import dev.posthorn.WhenDead;
import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.node.Membership;
import dev.posthorn.node.Neighbours;
import dev.posthorn.relay.Relay;
import dev.posthorn.relay.RelayListener;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import dev.posthorn.watch.StoreWatch;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real relay, over a store that only remembers what was appended and a broker that takes everything at once. */
public final class FakeRelay implements AutoCloseable {

    private static final Node NODE = new Node("node", "app");

    /** Topics of the events that were appended, in that order, whether or not their transactions have committed. */
    public final List<String> appended = new CopyOnWriteArrayList<>();

    /** Topics of the events that were sent. */
    public final List<String> sent = new CopyOnWriteArrayList<>();

    /** Happens after each append, in the middle of its transaction. */
    Runnable afterAppend = () -> {};

    private final Relay relay;
    private final EventStore store = store();

    public FakeRelay() {
        PosthornConfig config = PosthornConfig.read(MapConfig.of(), "app", Set.of("channel"));
        Relay.Ports ports = new Relay.Ports(
                store,
                transport(),
                (event, attempt) -> {},
                membership(),
                silent(RelayListener.class),
                (event, error) -> Failure.UNCLEAR,
                silent(Neighbours.class),
                new StoreWatch(System::nanoTime));
        relay = new Relay(config.channels(), ports, task -> new Thread(task, "fake relay").start(), Duration.ZERO);
        relay.sweep();
        Awaitility.await().until(() -> relay.status().values().stream().allMatch(each -> each.isUsable()));
    }

    public static EventEnvelope event(String topic, @Nullable String key) {
        return new EventEnvelope(
                UUID.randomUUID(),
                "Sample",
                "test",
                Instant.EPOCH,
                "channel",
                topic,
                key,
                true,
                WhenDead.BLOCK,
                "text/plain",
                Map.of(),
                new byte[10]);
    }

    public Storing storing(FakeTransactions transactions) {
        Storing[] storing = new Storing[1];
        storing[0] = new Storing(
                store,
                membership(),
                relay,
                new CurrentTransaction(transactions),
                transactions.observing(due -> storing[0].store(due.buffer())));
        return storing[0];
    }

    @Override
    public void close() {
        relay.stop(Duration.ZERO);
    }

    private EventStore store() {
        return (EventStore) Proxy.newProxyInstance(
                FakeRelay.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append")) {
                        return append((List<?>) arguments[1]);
                    }
                    return switch (method.getName()) {
                        case "unsent" -> new Unsent(List.of(), true);
                        case "turns" -> now((Collection<?>) arguments[1]);
                        case "adopt" -> Set.of();
                        case "waitingKeys" -> List.of();
                        default -> 0;
                    };
                });
    }

    private @Nullable Object append(List<?> events) {
        events.forEach(each -> {
            EventEnvelope event = (EventEnvelope) each;
            if (event.topic().equals("refused")) {
                throw new PosthornException("The database is away");
            }
            appended.add(event.topic());
        });
        afterAppend.run();
        return null;
    }

    public static Map<UUID, Turn> now(Collection<?> ids) {
        return ids.stream().map(UUID.class::cast).collect(Collectors.toMap(Function.identity(), id -> Turn.NOW));
    }

    private EventTransport transport() {
        return new EventTransport() {
            @Override
            public List<String> prepare(Set<String> channels) {
                return List.of();
            }

            @Override
            public CompletableFuture<?> send(EventEnvelope event) {
                sent.add(event.topic());
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    private static Membership membership() {
        return new Membership() {
            @Override
            public Node node() {
                return NODE;
            }

            @Override
            public boolean mayAct() {
                return true;
            }
        };
    }

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                FakeRelay.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == boolean.class) {
                        return false;
                    }
                    return answer == long.class ? (Object) 0L : answer == Set.class ? Set.of() : null;
                }));
    }
}
