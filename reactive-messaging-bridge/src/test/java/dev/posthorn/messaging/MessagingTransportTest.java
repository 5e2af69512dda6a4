package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.Supplied;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transport in a CDI container, with SmallRye Reactive Messaging, against a real broker. */
class MessagingTransportTest {

    /** Its channel is found because the container shows the class. */
    @IntegrationEvent(channel = "orders")
    record OrderPlaced() {}

    /** Of the application itself: no channel of events. */
    @Dependent
    static class Foreign {
        @Inject
        @Channel("foreign")
        Emitter<Object> emitter;
    }

    /** What a channel with ten messages in flight takes: ten, and the emitter's buffer of 128. */
    private static final int TAKEN_AT_ONCE = 138;

    private static Broker broker;
    private static ConfigLines lines;
    private static WeldContainer container;
    private static EventTransport transport;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = Broker.startIn(directory);
        broker.createTopics("placed", "shipped", "moved", "outage", "many", "late", "default", "after", "record");
        lines = new ConfigLines()
                .with("posthorn.channels", "stock.eu")
                .with("mp.messaging.connector.smallrye-kafka.bootstrap.servers", broker.address());
        for (String channel : List.of("orders", "stock.eu", "posthorn", "unlisted", "foreign")) {
            ConfigLines.kafka(channel).lines().forEach(lines::with);
        }
        lines.with("posthorn.channel.posthorn.send-timeout", "PT2S")
                .with("stock.eu", "max-inflight-messages", "10")
                // Longer than the outage: SmallRye tries again what has blocked for so long, behind all others.
                .with("stock.eu", "max.block.ms", "60000");
        lines.lines().forEach(System::setProperty);
        container = new Weld().initialize();
        transport = container
                .select(EventTransport.class, Supplied.Literal.INSTANCE)
                .get();
    }

    @AfterAll
    static void stop() {
        container.close();
        broker.close();
        lines.lines().keySet().forEach(System::clearProperty);
    }

    @Test
    void channelsFoundListedAndDefaultAreReady() {
        assertEquals(List.of(), transport.prepare(Set.of("orders", "stock.eu", "posthorn")));
    }

    @Test
    void aConfiguredChannelThatNobodyNamedInTimeIsReported() {
        List<String> problems = transport.prepare(Set.of("orders", "unlisted"));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).endsWith("posthorn.channels=stock.eu,unlisted"), problems.get(0));
    }

    /** Those that the user has set come first, and channels that are not ours are left alone. */
    @Test
    void producersHaveTheSettingsThatTheirChannelsLeaveOpen() {
        assertEquals("1000", maxBlock("orders"));
        assertEquals("1000", maxBlock("posthorn"));
        assertEquals("60000", maxBlock("stock.eu"));
        assertNull(maxBlock("foreign"));
    }

    private static @Nullable Object maxBlock(String channel) {
        KafkaClientService clients = container.select(KafkaClientService.class).get();
        return clients.getProducer(channel).configuration().get("max.block.ms");
    }

    @Test
    void eventsOfEveryChannelArriveAtTheirTopicsWithKeyAndHeaders() {
        for (EventEnvelope event : List.of(
                Events.event("orders", "placed", "42", "one"),
                Events.event("orders", "shipped", "43", "two"),
                Events.event("stock.eu", "moved", null, "three"),
                Events.event("posthorn", "default", "44", "four"))) {
            acknowledged(send(event));

            List<ConsumerRecord<String, byte[]>> records = broker.records(event.topic());
            assertEquals(1, records.size(), event::toString);
            ConsumerRecord<String, byte[]> record = records.get(0);
            assertEquals(event.key(), record.key());
            assertEquals(
                    "acmé", new String(record.headers().lastHeader("tenant").value(), UTF_8));
            CloudEvent read = KafkaMessageFactory.createReader(record).toEvent();
            assertEquals(event.id().toString(), read.getId());
            assertEquals(event.key(), read.getExtension("partitionkey"));
        }
    }

    @Test
    void aWholeRecordAsThePayloadArrivesToo() {
        Emitter<Object> emitter = container
                .select(ChannelEmitter.class, new EmitterFor.Literal("orders"))
                .get()
                .emitter;
        Outlet outlet = new Outlet(
                "orders",
                emitter,
                new KafkaRecordMessages(),
                new SendsUnderWay(Duration.ofMinutes(1), System::nanoTime, id -> {}));
        EventEnvelope event = Events.event("orders", "record", "42", "one");

        acknowledged(outlet.send(event).toCompletableFuture());

        ConsumerRecord<String, byte[]> record = broker.records("record").get(0);
        assertEquals("42", record.key());
        assertEquals(
                event.id().toString(),
                KafkaMessageFactory.createReader(record).toEvent().getId());
    }

    /** One is acknowledged first: SmallRye tries again, behind all others, what has waited a second to hear of its topic. */
    @Test
    void manyUnderWayArriveInTheirOrder() {
        acknowledged(send(Events.event("orders", "many", "k", "before")));
        List<CompletableFuture<?>> sends = new ArrayList<>();
        List<String> sent = new ArrayList<>(List.of("before"));
        for (int i = 0; i < 1000; i++) {
            sent.add("n" + i);
            sends.add(send(Events.event("orders", "many", "k", "n" + i)));
        }
        sends.forEach(MessagingTransportTest::acknowledged);

        assertEquals(sent, texts(broker.records("many")));
    }

    @Test
    void aTopicThatCannotBeFailsTheSendAndNothingElse() {
        CompletableFuture<?> send = send(Events.event("orders", "not a topic", "42", "{}"));

        assertThrows(CompletionException.class, () -> send.orTimeout(90, TimeUnit.SECONDS)
                .join());
        acknowledged(send(Events.event("orders", "after", "42", "next")));
    }

    @Test
    void nothingIsAcknowledgedWhileTheBrokerIsAwayAndWhatTheConnectorCannotTakeIsRefused() {
        acknowledged(send(Events.event("stock.eu", "outage", "k", "before")));
        broker.stop();
        Map<String, CompletableFuture<?>> sends = new LinkedHashMap<>();
        for (int i = 0; i < TAKEN_AT_ONCE + 50; i++) {
            sends.put("n" + i, send(Events.event("stock.eu", "outage", "k", "n" + i)));
        }

        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> sends.values().stream()
                .noneMatch(MessagingTransportTest::normally));
        assertTrue(sends.values().removeIf(MessagingTransportTest::refused), "some are refused");
        assertEquals(TAKEN_AT_ONCE, sends.size(), "all others are under way");

        broker.restart();
        sends.values().forEach(MessagingTransportTest::acknowledged);
        List<String> sent = new ArrayList<>(List.of("before"));
        sent.addAll(sends.keySet());
        assertEquals(sent, texts(broker.records("outage")));
    }

    /** Kafka's producer gives up after its own time-outs; by then it has answered. */
    @Test
    void aSendIsAnsweredWhenTheClientHasGivenUp() {
        assertEquals(Duration.ofSeconds(1 + 120 + 10), transport.answersWithin("orders"));
        assertEquals(Duration.ZERO, transport.answersWithin("elsewhere"));
    }

    /** The relay goes as far as that, however late the broker answers. */
    @Test
    void asManySendsMayBeUnderWayAsTheTransportSays() {
        assertEquals(1000, transport.mostUnderWay("orders"));
        assertEquals(128, transport.mostUnderWay("stock.eu"), "ten, and what the emitter keeps, are enough for that");
        assertEquals(128, transport.mostUnderWay("elsewhere"));
        acknowledged(send(Events.event("orders", "late", "k", "before")));
        broker.stop();
        List<CompletableFuture<?>> sends = new ArrayList<>();
        for (int i = 0; i < transport.mostUnderWay("orders"); i++) {
            sends.add(send(Events.event("orders", "late", "k", "n" + i)));
        }
        broker.restart();

        assertTrue(sends.stream().noneMatch(MessagingTransportTest::refused));
        sends.forEach(MessagingTransportTest::acknowledged);
    }

    @Test
    void anEventForAChannelThatIsNotHereIsRefused() {
        SendRefusedException refused =
                assertThrows(SendRefusedException.class, () -> send(Events.event("elsewhere", "placed", null, "{}")));

        assertTrue(refused.toString().contains("'elsewhere'"), refused::toString);
        assertFalse(container.select(ChannelEmitter.class).isResolvable(), "the template is no bean");
    }

    private static CompletableFuture<?> send(EventEnvelope event) {
        return transport.send(event).toCompletableFuture();
    }

    private static void acknowledged(CompletableFuture<?> send) {
        send.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static boolean normally(CompletableFuture<?> send) {
        return send.isDone() && !send.isCompletedExceptionally();
    }

    private static boolean refused(CompletableFuture<?> send) {
        return send.isCompletedExceptionally()
                && send.handle((nothing, failure) -> failure instanceof SendRefusedException)
                        .join();
    }

    private static List<String> texts(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }
}
