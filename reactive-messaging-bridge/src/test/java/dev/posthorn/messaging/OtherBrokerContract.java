package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a real broker other than Kafka, and SmallRye's connector to it, have to do for us; each test with a topic of its own. */
abstract class OtherBrokerContract {

    static final String OUT = "orders-out";
    static final String IN = "orders-in";

    static final int WINDOW = 4;

    /** One shows what is lost and whether the window is whole again; each takes over a minute, so more are for runs by hand. */
    private static final int KILLS = Integer.getInteger("broker.kills", 1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Arrivals arrivals = new Arrivals();
    String topic = "";
    private RunningBridge bridge;

    /** The channels {@link #OUT} and {@link #IN}, the latter receiving what the former sends to the topic. */
    abstract ConfigLines lines();

    /** Whether somebody receives what is sent to the topic. */
    abstract boolean hasConsumer() throws Exception;

    abstract void killBroker() throws Exception;

    abstract void freezeBroker() throws Exception;

    abstract void thawBroker() throws Exception;

    abstract void restartBroker() throws Exception;

    @BeforeEach
    void start(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        bridge = started(lines());
    }

    private static RunningBridge started(ConfigLines lines) {
        return new RunningBridge(lines.with("posthorn.channels", OUT).with("posthorn.inbox.channels", IN));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void completeChannelsHaveNoProblems() {
        assertEquals(List.of(), bridge.transport().prepare(Set.of(OUT)));
        assertEquals(List.of(), bridge.source().prepare(Set.of(IN)));
    }

    @Test
    void whatIsSentArrivesWithItsAttributesHeadersAndData() throws Exception {
        open(arrivals);
        EventEnvelope event = Events.event(OUT, topic, "42", "{\"amount\": 12345678901234567890.10}");
        send(event);

        IncomingMessage message = arrivals.first();
        assertEquals("1.0", message.attributes().get("specversion"));
        assertEquals(event.id().toString(), message.attributes().get("id"));
        assertEquals("OrderPlaced", message.attributes().get("type"));
        assertEquals("/shop", message.attributes().get("source"));
        assertEquals(Events.FIRED.toString(), message.attributes().get("time"));
        assertEquals("42", message.attributes().get("partitionkey"));
        assertEquals("acmé", message.headers().get("tenant"));
        assertEquals("application/json", message.contentType());
        assertEquals("{\"amount\": 12345678901234567890.10}", new String(message.data(), UTF_8));
        assertNull(message.headers().get("cloudEvents_id"));
        done(arrivals.get(0).acknowledge());
    }

    @Test
    void noMoreThanTheWindowIsUnansweredAndWhatIsNotAnsweredComesAgain() throws Exception {
        open(arrivals);
        for (int i = 0; i < 3 * WINDOW; i++) {
            send(Events.event(OUT, topic, "k", "\"n" + i + "\""));
        }
        arrivals.awaitExactly(WINDOW);
        done(arrivals.get(0).acknowledge());
        arrivals.awaitExactly(WINDOW + 1);

        restart(lines());
        Arrivals again = new Arrivals();
        open(again);
        again.awaitExactly(WINDOW);
        for (int i = 0; i < 3 * WINDOW - 1; i++) {
            awaitCount(again, i + 1);
            done(again.get(i).acknowledge());
        }
        again.awaitExactly(3 * WINDOW - 1);
    }

    @Test
    void afterTheBrokerWasAwayBothWaysGoOnByThemselves() throws Exception {
        open(arrivals);
        send(Events.event(OUT, topic, "k", "\"before\""));
        awaitCount(arrivals, 1);
        done(arrivals.get(0).acknowledge());

        killBroker();
        restartBroker();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            send(Events.event(OUT, topic, "k", "\"after\""));
            return true;
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertTrue(arrivals.texts().contains("\"after\""), arrivals.texts()::toString));
        assertFalse(arrivals.ended);
    }

    @Test
    void nothingCountsAsSentBeforeTheBrokerHasConfirmedIt() throws Exception {
        open(arrivals);
        sent(List.of(Events.event(OUT, topic, "k", "\"before\"")));
        freezeBroker();
        List<EventEnvelope> events = events("frozen", 20);
        List<CompletableFuture<?>> sends = sends(events);
        try {
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> sends.stream()
                    .noneMatch(OtherBrokerContract::isSent));
        } finally {
            thawBroker();
        }
        sent(events);
        assertAllArrive(events);
    }

    /** All that is under way is sent again until it is confirmed, as the relay does it. */
    @Test
    void whatIsUnderWayWhenTheBrokerIsKilledCountsOnlyWhenItHasArrivedAndTakesNoRoomForEver() throws Exception {
        open(arrivals);
        List<EventEnvelope> events = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            List<EventEnvelope> underWay = events("kill" + kill, EventTransport.MOST_UNDER_WAY);
            events.addAll(underWay);
            sent(List.of(Events.event(OUT, topic, "k", "\"alive\"")));
            freezeBroker();
            List<CompletableFuture<?>> sends = sends(underWay);
            killBroker();
            assertTrue(sends.stream().noneMatch(OtherBrokerContract::isSent), "confirmed by a frozen broker");
            restartBroker();
            sentUnless(sends, underWay);
        }
        assertAllArrive(events);

        freezeBroker();
        List<CompletableFuture<?>> full = sends(events("full", EventTransport.MOST_UNDER_WAY));
        thawBroker();
        for (CompletableFuture<?> send : full) {
            done(send);
        }
    }

    /** Both what has been delivered and waits for an answer and what nobody has asked for yet. */
    @Test
    void whatHasBeenConfirmedOutlivesTheBroker() throws Exception {
        open(arrivals);
        List<EventEnvelope> events = events("kept", 3 * WINDOW);
        sent(events);
        arrivals.awaitExactly(WINDOW);
        killBroker();
        restartBroker();
        bridge.close();
        bridge = started(lines());

        Arrivals again = new Arrivals();
        open(again);
        assertAllArrive(again, events);
    }

    final List<EventEnvelope> events(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Events.event(OUT, topic, "k", "\"" + name + i + "\""))
                .toList();
    }

    final List<CompletableFuture<?>> sends(List<EventEnvelope> events) {
        List<CompletableFuture<?>> sends = new ArrayList<>();
        events.forEach(event -> sends.add(bridge.transport().send(event).toCompletableFuture()));
        return sends;
    }

    /** Sends these until each is confirmed. */
    final void sent(List<EventEnvelope> events) {
        sentUnless(List.of(), events);
    }

    /** @param sends of these events that may be confirmed yet */
    final void sentUnless(List<CompletableFuture<?>> sends, List<EventEnvelope> events) {
        Set<EventEnvelope> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(events);
        for (int i = 0; i < sends.size(); i++) {
            EventEnvelope event = events.get(i);
            sends.get(i).thenRun(() -> missing.remove(event));
        }
        await().atMost(PATIENCE.multipliedBy(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    missing.forEach(event -> bridge.transport().send(event).thenRun(() -> missing.remove(event)));
                    return missing.isEmpty();
                });
    }

    final void assertAllArrive(List<EventEnvelope> events) {
        assertAllArrive(arrivals, events);
    }

    private static void assertAllArrive(Arrivals receiver, List<EventEnvelope> events) {
        Set<String> expected =
                events.stream().map(event -> new String(event.data(), UTF_8)).collect(Collectors.toSet());
        AtomicInteger answered = new AtomicInteger();
        await().atMost(PATIENCE.multipliedBy(2)).until(() -> {
            while (answered.get() < receiver.count()) {
                receiver.get(answered.getAndIncrement()).acknowledge();
            }
            return receiver.texts().containsAll(expected);
        });
    }

    static boolean isSent(CompletableFuture<?> send) {
        return send.isDone() && !send.isCompletedExceptionally();
    }

    final void open(Arrivals receiver) {
        assertNotNull(bridge.source().open(IN, WINDOW, receiver));
        // What is sent before there is a queue goes nowhere.
        await().atMost(PATIENCE).ignoreExceptions().until(this::hasConsumer);
    }

    final void restart(ConfigLines configured) {
        bridge.close();
        bridge = started(configured);
    }

    final void send(EventEnvelope event) throws Exception {
        done(bridge.transport().send(event));
    }

    static void awaitCount(Arrivals receiver, int count) {
        await().atMost(PATIENCE).until(() -> receiver.count() >= count);
    }

    static void done(CompletionStage<?> stage) throws Exception {
        stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static void refused(Arrival arrival) throws Exception {
        done(arrival.refuse(new IllegalArgumentException("no")));
    }
}
