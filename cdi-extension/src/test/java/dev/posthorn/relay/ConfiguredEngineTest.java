package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.Stub;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.Samples;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.node.Membership;
import dev.posthorn.node.Neighbours;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Turn;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What Config changes in what a whole node does: its broker takes events and never answers. */
class ConfiguredEngineTest {

    private static final Membership NODE = new ThisNode(Samples.NODE);

    private final List<Object> cleaned = new ArrayList<>();
    private int asked;

    @Test
    void aStopWaitsSoLongForWhatIsNotSent() {
        Duration waited = stop("PT0.4S");
        assertTrue(waited.toMillis() >= 400, waited::toString);
        assertTrue(stop("PT0S").toMillis() < 400, "no wait at all");
    }

    @Test
    void theTimeToGatherMarksIsRead() {
        assertEquals(Duration.ofMillis(20), config().gatherMarks());
        assertEquals(
                Duration.ofSeconds(1), config("posthorn.mark.gather", "PT1S").gatherMarks());
    }

    @Test
    void whatIsOldEnoughIsDeletedSoManyAtATime() {
        PosthornConfig config = config("posthorn.retention", "P7D", "posthorn.clean.batch", "50");

        Cleaner.ofOutbox(store(), NODE, config.retention(), config.cleanBatch()).clean();

        assertEquals(List.of(Samples.NODE, Duration.ofDays(7), 50), cleaned);
    }

    @Test
    void underLoadTheSenderWaitsForMoreBeforeItAsksAgain() {
        assertEquals(0, Collections.frequency(callsOfSending(1), "gather"));
        assertEquals(1, Collections.frequency(callsOfSending(20), "gather"));
    }

    @Test
    void whatIsToBeSentLaterIsAskedForWhileOthersAreSent() {
        assertFalse(callsOfSending(100).contains("ask"));
        assertTrue(callsOfSending(600).contains("ask"));
    }

    @Test
    void theAskerGoesOnWhereTheSenderWas() {
        List<String> calls = new ArrayList<>();
        Relay relay = relayOf(1200, calls);
        Passes passes = relay.passes().iterator().next();
        Channel channel = passes.channel();
        calls.clear();

        passes.ask().run();

        assertEquals(1200, asked);
        assertEquals(3, Collections.frequency(calls, "send"), "the sender is told of each answer");
        assertEquals(0, channel.status().inFlight());
    }

    /** What else is done by a send pass for so many committed events. */
    private List<String> callsOfSending(int events) {
        List<String> calls = new ArrayList<>();
        Relay relay = relayOf(events, calls);
        Passes passes = relay.passes().iterator().next();
        Channel channel = passes.channel();
        passes.send().run();
        assertEquals(Math.min(events, 128), channel.status().inFlight());
        return calls;
    }

    private Relay relayOf(int events, List<String> calls) {
        WakeUps wakeUps = Stub.of(WakeUps.class, (method, arguments) -> {
            calls.add(method);
            return null;
        });
        Relay relay = new Relay(config().channels(), ports(new ArrayList<>()), System::nanoTime, wakeUps);
        Passes passes = relay.passes().iterator().next();
        passes.table().run();
        Samples.open(passes.channel());
        List<EventEnvelope> stored = IntStream.range(0, events)
                .mapToObj(i -> Samples.event("key " + i))
                .toList();
        relay.committed(relay.stored(Samples.NODE, stored, Samples.numbers(stored)));
        return relay;
    }

    private Duration stop(String timeout) {
        PosthornConfig config = config("posthorn.stop.timeout", timeout);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        Relay relay = new Relay(
                config.channels(), ports(sent), task -> new Thread(task, "configured").start(), config.gatherMarks());
        relay.sweep();
        Awaitility.await().until(() -> status(relay).inMemory());
        List<EventEnvelope> stored = List.of(Samples.event("a"));
        relay.committed(relay.stored(Samples.NODE, stored, Samples.numbers(stored)));
        Awaitility.await().until(() -> status(relay).inFlight() == 1);
        long start = System.nanoTime();
        assertFalse(relay.stop(config.stopTimeout()), "something is left");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Relay.Ports ports(List<CompletableFuture<?>> sent) {
        return new Relay.Ports(
                store(),
                new BrokerThatNeverAnswers(sent),
                (event, attempt) -> {},
                NODE,
                Stub.silent(RelayListener.class),
                (event, error) -> Failure.UNCLEAR,
                Stub.silent(Neighbours.class),
                new StoreWatch(System::nanoTime));
    }

    private static ChannelStatus status(Relay relay) {
        return requireNonNull(relay.status().get("channel"));
    }

    private static PosthornConfig config(String... values) {
        return PosthornConfig.read(MapConfig.of(values), "app", Set.of("channel"), Set.of());
    }

    /** Has nothing, and lets everything go. */
    private EventStore store() {
        return Stub.of(EventStore.class, (method, arguments) -> switch (method) {
            case "unsent" -> Samples.allOf();
            case "turns" -> now((Collection<?>) arguments[2]);
            case "clean" -> clean(arguments);
            default -> null;
        });
    }

    private int clean(Object[] arguments) {
        cleaned.addAll(List.of(arguments));
        return 0;
    }

    private Map<Long, Turn> now(Collection<?> numbers) {
        asked += numbers.size();
        return Samples.now(numbers);
    }

    private record BrokerThatNeverAnswers(List<CompletableFuture<?>> sent) implements EventTransport {

        @Override
        public List<String> prepare(Set<String> channels) {
            return List.of();
        }

        @Override
        public CompletableFuture<?> send(EventEnvelope event) {
            CompletableFuture<?> answer = new CompletableFuture<>();
            sent.add(answer);
            return answer;
        }
    }
}
