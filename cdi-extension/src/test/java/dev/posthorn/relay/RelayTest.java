package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.LogLines;
import dev.posthorn.Stub;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.Samples;
import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.node.Neighbours;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.watch.StoreWatch;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole relay with its threads: whatever the code of others does, nobody else waits for it. */
class RelayTest implements RelayListener, EventTransport, FailureClassifier {

    private static final Duration SHORT = Duration.ofMillis(600);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger marked = new AtomicInteger();
    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private volatile boolean marksHang;
    private volatile boolean observersHang;
    private volatile boolean brokerIsSilent;
    private volatile boolean classifierFails;

    private final Relay relay = new Relay(
            PosthornConfig.read(
                            MapConfig.of("posthorn.send-timeout", "PT0.2S"),
                            "app",
                            Set.of("channel", "other", "third"),
                            Set.of())
                    .channels(),
            new Relay.Ports(
                    Stub.of(EventStore.class, this::answer),
                    this,
                    (event, attempt) -> {},
                    new ThisNode(Samples.NODE),
                    this,
                    this,
                    Stub.of(Neighbours.class, this::answer),
                    new StoreWatch(System::nanoTime)),
            task -> new Thread(task, "relay test").start(),
            Duration.ZERO);

    RelayTest() {
        relay.sweep();
        await().until(() -> relay.status().values().stream().allMatch(each -> each.inMemory()));
    }

    @AfterEach
    void letGo() {
        end.countDown();
        relay.stop(Duration.ofSeconds(1));
    }

    @Test
    void anObserverThatHangsHoldsUpNoDeliveryAndNoMark() {
        observersHang = true;
        int events = 2 * Notifications.MOST;
        try (LogLines log = new LogLines("dev.posthorn.relay")) {
            for (int i = 1; i <= events / 1000; i++) {
                commit(IntStream.range(0, 1000)
                        .mapToObj(each -> Samples.event((String) null))
                        .toList());
                // This store keeps nothing, so memory must not overflow.
                int mustBeMarked = i * 1000 - Notifications.MOST / 2;
                await().until(() -> marked.get() >= mustBeMarked);
            }
            await().until(() -> marked.get() == events);
            assertEquals(1, heard.size(), "it hangs");
            assertEquals(1, linesOf("POSTHORN-2011", log), "once for the burst");

            end.countDown();
            await().until(() -> heard.size() == Notifications.MOST + 1);
            String count = String.format("%,d", events - Notifications.MOST - 1);
            await().until(() ->
                    log.take().stream().anyMatch(line -> line.startsWith("POSTHORN-2012") && line.contains(count)));
        }
    }

    private static long linesOf(String code, LogLines log) {
        return log.take().stream().filter(line -> line.startsWith(code)).count();
    }

    @Test
    void aStopEndsInTimeThoughMarksHang() {
        marksHang = true;
        commit(List.of(Samples.event("a")));
        await().until(() -> status("channel").unmarked() == 1);
        assertFalse(stop());
    }

    @Test
    void aStopEndsInTimeThoughAnObserverHangs() {
        observersHang = true;
        commit(List.of(Samples.event("a")));
        await().until(() -> heard.size() == 1);
        commit(List.of(Samples.event("a")));
        assertTrue(stop(), "all is delivered and marked");
    }

    @Test
    void aStopThatIsInterruptedDoesNotSpin() {
        brokerIsSilent = true;
        commit(List.of(Samples.event("a")));
        await().until(() -> status("channel").inFlight() == 1);
        var threads = ManagementFactory.getThreadMXBean();
        Thread.currentThread().interrupt();
        long before = threads.getCurrentThreadCpuTime();
        stop();
        long busy = threads.getCurrentThreadCpuTime() - before;
        assertTrue(Thread.interrupted(), "whoever has interrupted is not ignored");
        assertTrue(busy < SHORT.toNanos() / 3, () -> busy / 1_000_000 + " ms of processor time");
    }

    @Test
    void aClassifierThatThrowsErrorsOrAnswersNullStrandsNobody() {
        classifierFails = true;
        brokerIsSilent = true;
        for (String channel : List.of("channel", "other", "third")) {
            commit(List.of(Samples.eventOn(channel)));
            await().until(() -> status(channel).inFlight() == 1);
        }
        try (LogLines log = new LogLines("dev.posthorn.relay")) {
            await().until(() -> {
                relay.pulse();
                return status("channel").inFlight()
                                + status("other").inFlight()
                                + status("third").inFlight()
                        == 0;
            });
            assertEquals(1, linesOf("POSTHORN-2008", log));
        }
    }

    private boolean stop() {
        long start = System.nanoTime();
        boolean done = relay.stop(SHORT);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(SHORT.multipliedBy(2)) < 0, took::toString);
        return done;
    }

    private ChannelStatus status(String channel) {
        return requireNonNull(relay.status().get(channel));
    }

    private void commit(List<EventEnvelope> events) {
        relay.committed(relay.stored(Samples.NODE, events, Samples.numbers(events)));
    }

    private void hangIf(boolean hang) {
        try {
            if (hang) {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- the broker

    @Override
    public List<String> prepare(Set<String> channels) {
        return List.of();
    }

    @Override
    public CompletionStage<?> send(EventEnvelope event) {
        return brokerIsSilent ? new CompletableFuture<>() : CompletableFuture.completedFuture(true);
    }

    @Override
    @SuppressWarnings("NullAway")
    public Failure classify(EventEnvelope event, Throwable error) {
        if (!classifierFails) {
            return Failure.UNCLEAR;
        }
        if (event.channel().equals("other")) {
            return null;
        }
        throw new NoClassDefFoundError("simulated");
    }

    // --- the application

    @Override
    public boolean wantsDelivered() {
        return true;
    }

    @Override
    public void delivered(EventDelivered notification) {
        heard.add(notification);
        hangIf(observersHang);
    }

    @Override
    public void failed(EventDeliveryFailed notification) {}

    @Override
    public void died(EventDied notification) {}

    // --- the store, which has nothing and lets everything go

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "unsent" -> Samples.allOf();
            case "turns" -> Samples.now((Collection<?>) arguments[2]);
            case "markDelivered", "removeDelivered" -> mark((Collection<?>) arguments[2]);
            default -> null;
        };
    }

    private int mark(Collection<?> ids) {
        hangIf(marksHang);
        return marked.addAndGet(ids.size());
    }
}
