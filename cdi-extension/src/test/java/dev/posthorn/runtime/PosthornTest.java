package dev.posthorn.runtime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import dev.posthorn.PosthornException;
import dev.posthorn.Stub;
import dev.posthorn.channel.Samples;
import dev.posthorn.config.MapConfig;
import dev.posthorn.relay.RelayListener;
import dev.posthorn.runtime.Assembly.Surroundings;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import dev.posthorn.store.FakeTransactions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The start, the ticks and the stop, over stores that hang or fail. */
class PosthornTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** What the stores and the transport were asked. */
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final Map<Long, EventEnvelope> rows = new ConcurrentSkipListMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private volatile boolean away;
    private final FakeTransactions transactions = new FakeTransactions();
    private final Posthorn posthorn = new Posthorn();

    @BeforeEach
    void assemble() {
        assemble("shop");
    }

    private void assemble(String deployedName) {
        posthorn.assemble(
                new Surroundings(
                        MapConfig.of("posthorn.node.timeout", "PT3S", "posthorn.stop.timeout", "PT1S"),
                        deployedName,
                        Set.of("channel"),
                        Set.of(),
                        new Stores(),
                        new Receiving(),
                        (event, attempt) -> {},
                        Stub.silent(RelayListener.class),
                        Runnable::run,
                        () -> "nobody",
                        task -> {
                            Thread thread = new Thread(task);
                            thread.setDaemon(true);
                            thread.start();
                        },
                        transactions,
                        transactions.observing(due -> posthorn.parts().storing.store(due.buffer()))),
                EnumSet.allOf(Tick.class));
        calls.clear();
    }

    @AfterEach
    void stop() {
        hanging.values().forEach(CountDownLatch::countDown);
        posthorn.stop();
    }

    /** Its rows would be those of every other application without a name. */
    @Test
    void anApplicationWithoutANameOfItsOwnTouchesNothing() {
        assemble("ROOT");

        String message = String.valueOf(
                assertThrows(PosthornException.class, posthorn::start).getMessage());
        assertTrue(message.contains("POSTHORN-1013 ") && message.contains("posthorn.application="), message);
        assertThrows(PosthornException.class, posthorn::makeReady);
        assertEquals(List.of(), calls);
    }

    /** Millions of rows may have no owner when a node starts: neither the deployment nor its heartbeats wait for them. */
    @Test
    void theStartDoesNotWaitForWhatOthersHaveLeftBehind() {
        hang("adopt");

        assertTimeoutPreemptively(SOON, posthorn::start);

        awaitCalls("adopt", 1);
        awaitMore("beat", 3);
        assertTrue(posthorn.parts().keeper.mayAct());
    }

    @Test
    void aLockOnTheTableOfChannelsStopsNoHeart() {
        posthorn.start();
        hang("paused");
        posthorn.tick(Tick.SWEEP);
        awaitCalls("paused", 2);

        awaitMore("beat", 3);
        assertTrue(posthorn.parts().keeper.mayAct());
    }

    /** A server's timers are few, and other applications need them too. */
    @Test
    void noTickWaitsForTheDatabase() {
        posthorn.start();
        hang("paused");
        hang("clean");
        assertTimeoutPreemptively(
                SOON, () -> EnumSet.complementOf(EnumSet.of(Tick.HEARTBEAT)).forEach(tick -> {
                    posthorn.tick(tick);
                    posthorn.tick(tick);
                }));
        awaitCalls("clean", 1);
    }

    /** Some servers start beans of the application before Posthorn. */
    @Test
    void whoFiresBeforeTheStartFindsTablesAndAnOwnerThatLives() {
        posthorn.makeReady();
        assertEquals(List.of("prepare", "join"), calls);
        awaitMore("beat", 2);
        store("fired early");

        assertFalse(posthorn.isRunning());
        assertFalse(calls.contains("send"), "channels need not be open yet");

        posthorn.start();
        awaitCalls("send", 1);
        assertEquals(1, Collections.frequency(calls, "prepare"));
        assertEquals(1, Collections.frequency(calls, "join"));
    }

    @Test
    void whatWasMadeReadyAndNeverStartedStopsToo() {
        posthorn.makeReady();
        posthorn.stop();
        awaitNoMoreBeats();
    }

    @Test
    void aStartThatFailsLeavesNoHeartbeatBehind() {
        away = true;
        try {
            posthorn.start();
        } catch (PosthornException e) {
            away = false;
        }
        assertFalse(away, "the start has failed");
        awaitNoMoreBeats();
    }

    @Test
    void aStopEndsInTimeAlthoughABeatHangs() {
        posthorn.start();
        hang("beat");
        awaitMore("beat", 1);

        assertTimeoutPreemptively(SOON, posthorn::stop);

        assertFalse(posthorn.isRunning());
    }

    @Test
    void aDatabaseThatIsAwayIsTwoLinesOfTheLog() {
        try (LogLines store = new LogLines("dev.posthorn.store");
                LogLines ticks = new LogLines("dev.posthorn");
                LogLines operator = new LogLines("dev.posthorn.operator")) {
            posthorn.start();
            away = true;
            for (int i = 0; i < 5; i++) {
                EnumSet.allOf(Tick.class).forEach(posthorn::tick);
            }
            awaitMore("beat", 2);
            away = false;
            Awaitility.await().until(() -> store.lines().size() >= 2);
            awaitMore("beat", 2);

            List<String> lines = store.take();
            assertEquals(2, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("POSTHORN-1021"), lines::toString);
            assertTrue(lines.get(1).contains("POSTHORN-1022"), lines::toString);
            assertEquals(
                    List.of(),
                    ticks.take().stream().filter(line -> line.contains("1004")).toList());
            assertEquals(List.of(), operator.take());
        }
    }

    private void store(String topic) {
        transactions.begin();
        posthorn.parts().storing.buffer().add(Samples.event(null, topic));
        transactions.commit();
    }

    private void hang(String call) {
        hanging.put(call, new CountDownLatch(1));
    }

    private void awaitCalls(String call, int times) {
        Awaitility.await().until(() -> Collections.frequency(calls, call) >= times);
    }

    private void awaitMore(String call, int times) {
        awaitCalls(call, Collections.frequency(calls, call) + times);
    }

    private void awaitNoMoreBeats() {
        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("posthorn heartbeat") && thread.isAlive()));
    }

    private final class Stores extends Suppliers {

        @Override
        public EventStore eventStore() {
            return answering(EventStore.class, Map.of());
        }

        @Override
        public NodeStore nodeStore() {
            return answering(NodeStore.class, Map.of());
        }

        @Override
        public EventTransport transport() {
            return answering(EventTransport.class, Map.of("mostUnderWay", 10));
        }

        @Override
        public EventSerializer serializer() {
            return answering(EventSerializer.class, Map.of());
        }

        @Override
        public Optional<OperatorStore> operatorStore() {
            return Optional.of(answering(OperatorStore.class, Map.of()));
        }

        @Override
        public FailureClassifier classifier() {
            return (event, error) -> FailureClassifier.Failure.UNCLEAR;
        }
    }

    private <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                PosthornTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String call = method.getName();
                    calls.add(call);
                    CountDownLatch latch = hanging.get(call);
                    if (latch != null) {
                        latch.await();
                    }
                    if (away) {
                        throw new PosthornException("away");
                    }
                    return answers.containsKey(call)
                            ? answers.get(call)
                            : answer(call, method.getReturnType(), arguments);
                }));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object answer(String call, Class<?> type, @Nullable Object[] arguments) {
        return switch (call) {
            case "append" -> append((Collection<EventEnvelope>) requireNonNull(arguments[1]));
            case "unsent" -> unsent((Collection<?>) requireNonNull(arguments[3]));
            case "markDelivered" -> marked((Collection<?>) requireNonNull(arguments[2]));
            case "turns" -> Samples.now((Collection<?>) requireNonNull(arguments[2]));
            case "beat" -> Optional.of(List.of());
            case "send" -> CompletableFuture.completedFuture(null);
            default -> nothing(type);
        };
    }

    private List<Long> append(Collection<EventEnvelope> events) {
        List<Long> numbers = new ArrayList<>();
        for (EventEnvelope event : events) {
            long number = lastNumber.incrementAndGet();
            numbers.add(number);
            rows.put(number, event);
        }
        return numbers;
    }

    private Unsent unsent(Collection<?> except) {
        List<StoredEvent> unsent = rows.entrySet().stream()
                .filter(row -> !except.contains(row.getKey()))
                .map(row -> new StoredEvent(row.getKey(), 0, row.getValue()))
                .toList();
        return new Unsent(unsent, true);
    }

    private int marked(Collection<?> numbers) {
        rows.keySet().removeIf(numbers::contains);
        return numbers.size();
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == List.class) {
            return List.of();
        }
        return type == Set.class ? Set.of() : null;
    }
}
