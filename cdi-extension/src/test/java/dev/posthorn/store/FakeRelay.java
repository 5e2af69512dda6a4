package dev.posthorn.store;

import dev.posthorn.PosthornException;
import dev.posthorn.Stub;
import dev.posthorn.channel.Samples;
import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.node.Membership;
import dev.posthorn.node.Neighbours;
import dev.posthorn.node.ThisNode;
import dev.posthorn.relay.Relay;
import dev.posthorn.relay.RelayListener;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** The real relay, over a store that only remembers what was appended and a broker that takes everything at once. */
public final class FakeRelay implements AutoCloseable {

    /** Topics of the events that were appended, in that order, whether or not their transactions have committed. */
    public final List<String> appended = new CopyOnWriteArrayList<>();

    /** Topics of the events that were sent. */
    public final List<String> sent = new CopyOnWriteArrayList<>();

    /** Happens after each append, in the middle of its transaction. */
    Runnable afterAppend = () -> {};

    private final AtomicLong last = new AtomicLong();
    private final Membership node = new ThisNode(Samples.NODE);
    private final Relay relay;
    private final EventStore store = store();

    public FakeRelay() {
        PosthornConfig config = PosthornConfig.read(MapConfig.of(), "app", Set.of("channel"), Set.of());
        Relay.Ports ports = new Relay.Ports(
                store,
                transport(),
                (event, attempt) -> {},
                node,
                Stub.silent(RelayListener.class),
                (event, error) -> Failure.UNCLEAR,
                Stub.silent(Neighbours.class),
                new StoreWatch(System::nanoTime));
        relay = new Relay(config.channels(), ports, task -> new Thread(task, "fake relay").start(), Duration.ZERO);
        relay.sweep();
        Awaitility.await().until(() -> relay.status().values().stream().allMatch(each -> each.isUsable()));
    }

    public Storing storing(FakeTransactions transactions) {
        Storing[] storing = new Storing[1];
        storing[0] = new Storing(
                store,
                node,
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
        return Stub.of(EventStore.class, (method, arguments) -> switch (method) {
            case "append" -> append((List<?>) arguments[1]);
            case "unsent" -> Samples.allOf();
            case "turns" -> Samples.now((Collection<?>) arguments[2]);
            default -> null;
        });
    }

    private List<Long> append(List<?> stored) {
        List<EventEnvelope> events =
                stored.stream().map(EventEnvelope.class::cast).toList();
        events.forEach(event -> {
            if (event.topic().equals("refused")) {
                throw new PosthornException("The database is away");
            }
            appended.add(event.topic());
        });
        afterAppend.run();
        return events.stream().map(event -> last.incrementAndGet()).toList();
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
}
