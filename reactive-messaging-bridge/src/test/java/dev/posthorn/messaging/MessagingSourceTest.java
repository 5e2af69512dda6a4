package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.IncomingMessage;
import dev.posthorn.spi.Supplied;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The source in a CDI container, with SmallRye Reactive Messaging, against a real broker: a topic and a start for each test. */
class MessagingSourceTest {

    private static final String CHANNEL = "stock.eu";
    private static final String GROUP = "the-tests";

    private static Broker broker;

    private final ConfigLines lines = ConfigLines.kafkaConsumer(CHANNEL);
    private final Arrivals arrivals = new Arrivals();
    private String topic = "";
    private WeldContainer container;
    private EventSource source;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = Broker.startIn(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopics(topic);
        lines.with("posthorn.inbox.channels", CHANNEL)
                .with("mp.messaging.connector.smallrye-kafka.bootstrap.servers", broker.address())
                .incoming(CHANNEL, "topic", topic)
                .incoming(CHANNEL, "auto.commit.interval.ms", "100")
                // Or each end waits for what is not answered.
                .incoming(CHANNEL, "graceful-shutdown", "false")
                .lines()
                .forEach(System::setProperty);
        start();
    }

    private void start() {
        container = new Weld().initialize();
        source = container.select(EventSource.class, Supplied.Literal.INSTANCE).get();
    }

    @AfterEach
    void stop() {
        container.close();
        lines.lines().keySet().forEach(System::clearProperty);
        // It remembers the names of these properties, which the next test class must not find.
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }

    @Test
    void aListedChannelIsReady() {
        assertEquals(List.of(), source.prepare(Set.of(CHANNEL)));
        assertFalse(container.select(ChannelPublisher.class).isResolvable(), "the template is no bean");
    }

    @Test
    void aChannelThatIsNotListedIsAProblemAndCannotBeOpened() {
        ConfigLines unlisted = ConfigLines.kafkaConsumer("unlisted");
        unlisted.lines().forEach(System::setProperty);
        try {
            List<String> problems = source.prepare(Set.of("unlisted", CHANNEL));

            assertEquals(1, problems.size(), problems::toString);
            assertTrue(problems.get(0).endsWith("posthorn.inbox.channels=stock.eu,unlisted"), problems.get(0));
            assertThrows(PosthornException.class, () -> source.open("unlisted", 8, arrivals));
        } finally {
            unlisted.lines().keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void binaryEventsArriveWithAttributesHeadersKeyAndPosition() throws Exception {
        List<Header> headers = Records.binaryHeaders(
                Map.of("ce_time", "2026-01-01T00:00:00Z", "content-type", "application/json", "tenant", "acmé"));
        headers.add(Records.header("tenant", "the last one"));
        broker.send(
                List.of(new ProducerRecord<>(topic, null, 1767225600000L, "42", "{\"a\":1}".getBytes(UTF_8), headers)));

        IncomingMessage message = received();

        assertEquals(CHANNEL, message.channel());
        assertEquals(
                Map.of(
                        "specversion", "1.0",
                        "id", "id-1",
                        "source", "/elsewhere",
                        "type", "OrderPlaced",
                        "time", "2026-01-01T00:00:00Z"),
                message.attributes());
        assertEquals(Map.of("tenant", "the last one"), message.headers());
        assertEquals("application/json", message.contentType());
        assertEquals("42", message.key());
        assertEquals(topic + "-0@0/1767225600000", message.position());
        assertEquals("{\"a\":1}", text(message));
    }

    @Test
    void structuredEventsArriveAsTheBytesThatTheyAre() throws Exception {
        String event =
                "{ \"specversion\":\"1.0\", \"id\":\"1\", \"source\":\"/s\", \"type\":\"T\", \"data\":{\"a\":1} }";
        String contentType = "application/cloudevents+json; charset=UTF-8";
        broker.send(List.of(Records.of(topic, null, event, List.of(Records.header("content-type", contentType)))));

        IncomingMessage message = received();

        assertEquals(event, text(message));
        assertEquals(contentType, message.contentType());
        assertEquals(Map.of(), message.attributes());
        assertNull(message.key());
    }

    @Test
    void plainMessagesAndTombstonesArrive() throws Exception {
        broker.send(List.of(Records.of(topic, "42", null, List.of()), Records.of(topic, "{\"a\":1}")));
        source.open(CHANNEL, 8, arrivals);
        arrivals.awaitExactly(2);

        assertEquals(List.of("", "{\"a\":1}"), arrivals.texts());
        assertNull(arrivals.get(1).message().contentType());
        assertEquals(Map.of(), arrivals.get(1).message().headers());
        assertTrue(position(arrivals, 1).startsWith(topic + "-0@1/"), position(arrivals, 1));
    }

    @Test
    void aTopicThatWasMadeAnewHasOtherPositionsAndTheSameMessageHasTheSameOne() throws Exception {
        broker.send(Records.numbered(topic, 2));
        source.open(CHANNEL, 8, arrivals);
        arrivals.awaitExactly(2);
        container.close();
        start();
        Arrivals again = new Arrivals();
        source.open(CHANNEL, 8, again);
        again.awaitExactly(2);
        assertEquals(position(arrivals, 0), position(again, 0));
        assertEquals(position(arrivals, 1), position(again, 1));
        container.close();

        broker.deleteTopic(topic);
        broker.createTopics(topic);
        broker.send(Records.numbered(topic, 2));
        start();
        Arrivals anew = new Arrivals();
        source.open(CHANNEL, 8, anew);
        anew.awaitExactly(2);
        assertEquals(List.of("n0", "n1"), anew.texts());
        assertTrue(position(anew, 0).startsWith(topic + "-0@0/"), position(anew, 0));
        assertNotEquals(position(arrivals, 0), position(anew, 0));
        assertNotEquals(position(arrivals, 1), position(anew, 1));
    }

    private static String position(Arrivals arrivals, int index) {
        return String.valueOf(arrivals.get(index).message().position());
    }

    @Test
    void malformedEventsDoNotStopTheChannel() throws Exception {
        List<Header> structured = List.of(Records.header("content-type", "application/cloudevents+json"));
        broker.send(List.of(
                Records.of(topic, null, "no JSON", structured),
                Records.of(topic, null, "no source", List.of(Records.header("ce_specversion", "1.0"))),
                Records.of(
                        topic,
                        null,
                        "no URI",
                        List.of(Records.header("ce_specversion", "1.0"), Records.header("ce_source", " "))),
                Records.of(topic, "next")));
        source.open(CHANNEL, 8, arrivals);
        arrivals.awaitExactly(4);

        assertEquals(List.of("no JSON", "no source", "no URI", "next"), arrivals.texts());
        assertFalse(arrivals.ended);
    }

    @Test
    void noMoreThanTheWindowIsUnansweredAndEachAnswerMakesRoom() throws Exception {
        broker.send(Records.numbered(topic, 2000));
        source.open(CHANNEL, 3, arrivals);
        arrivals.awaitExactly(3);

        acknowledged(arrivals.get(1));
        arrivals.awaitExactly(4);
        acknowledged(arrivals.get(0));
        acknowledged(arrivals.get(3));
        arrivals.awaitExactly(6);
        assertEquals(Arrivals.numbers(0, 6), arrivals.texts());
    }

    @Test
    void pausedNothingIsAskedForAndThenAllThatIsOwed() throws Exception {
        broker.send(Records.numbered(topic, 20));
        EventSource.Subscription subscription = source.open(CHANNEL, 4, arrivals);
        arrivals.awaitExactly(4);
        subscription.pause();
        subscription.pause();
        for (int i = 0; i < 4; i++) {
            acknowledged(arrivals.get(i));
        }
        arrivals.awaitExactly(4);

        subscription.resume();
        subscription.resume();
        arrivals.awaitExactly(8);
    }

    @Test
    void whatFollowsTheFirstUnansweredMessageComesAgainAfterARestart() throws Exception {
        broker.send(Records.numbered(topic, 10));
        source.open(CHANNEL, 8, arrivals);
        arrivals.awaitExactly(8);
        for (int answered : List.of(0, 1, 3, 4, 5)) {
            acknowledged(arrivals.get(answered));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.committed(GROUP, topic) == 2);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> broker.committed(GROUP, topic) == 2);

        container.close();
        assertEquals(2, broker.committed(GROUP, topic));
        start();
        Arrivals again = new Arrivals();
        source.open(CHANNEL, 100, again);
        again.awaitExactly(8);
        assertEquals(Arrivals.numbers(2, 10), again.texts());
    }

    @Test
    void closedNothingArrivesAnyMoreAndWhatWasNotAnsweredComesAgain() throws Exception {
        broker.send(Records.numbered(topic, 3));
        EventSource.Subscription subscription = source.open(CHANNEL, 8, arrivals);
        arrivals.awaitExactly(3);
        acknowledged(arrivals.get(0));
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.committed(GROUP, topic) == 1);

        subscription.close();
        subscription.close();
        broker.send(Records.numbered(topic, 3));
        arrivals.awaitExactly(3);
        assertFalse(arrivals.ended, "it was asked to");

        container.close();
        start();
        Arrivals again = new Arrivals();
        source.open(CHANNEL, 8, again);
        again.awaitExactly(5);
    }

    @Test
    void aChannelThatARefusalStopsIsSaidToHaveEndedAndTheMessageComesAgain() throws Exception {
        broker.send(Records.numbered(topic, 2));
        source.open(CHANNEL, 1, arrivals);
        arrivals.awaitExactly(1);

        CompletableFuture<?> refusal =
                arrivals.get(0).refuse(new Exception("no")).toCompletableFuture();
        assertThrows(ExecutionException.class, () -> refusal.get(30, TimeUnit.SECONDS));
        assertTrue(arrivals.ended);

        container.close();
        start();
        Arrivals again = new Arrivals();
        source.open(CHANNEL, 8, again);
        again.awaitExactly(2);
    }

    @Test
    void theEndOfTheApplicationEndsTheChannel() throws Exception {
        broker.send(Records.numbered(topic, 1));
        source.open(CHANNEL, 8, arrivals);
        arrivals.awaitExactly(1);

        container.close();

        assertNull(arrivals.reason);
        start();
    }

    @Test
    void whatTheApplicationReceivedItselfIsReadAndAnswered() throws Exception {
        Acknowledged message = new Acknowledged();

        Arrival arrival = source.arrival("own", message);

        assertEquals("own", arrival.message().channel());
        assertEquals("{}", text(arrival.message()));
        acknowledged(arrival);
        assertTrue(message.acknowledged);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> source.arrival("own", "text"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("java.lang.String"), refusal::toString);
    }

    @Test
    void topicsThatKeepEventsLongerThanTheInboxAreNamed() throws Exception {
        broker.createTopic("an-hour", Map.of("retention.ms", "3600000"));
        broker.createTopic("for-ever", Map.of("retention.ms", "-1"));
        broker.createTopic("compacted", Map.of("retention.ms", "3600000", "cleanup.policy", "compact"));
        lines.withoutIncoming(CHANNEL, "topic").incoming(CHANNEL, "topics", "an-hour, for-ever, compacted");

        List<String> warnings = keptLongerThan(Duration.ofHours(1));
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(
                warnings.get(0).startsWith("POSTHORN-M38: Kafka keeps what is in the topic compacted"),
                warnings.get(0));
        assertTrue(warnings.get(1).contains("for-ever of channel 'stock.eu' for ever"), warnings.get(1));
        assertEquals(3, keptLongerThan(Duration.ofMinutes(59)).size());
    }

    private List<String> keptLongerThan(Duration inbox) throws Exception {
        IncomingChannel channel = IncomingChannel.of(CHANNEL, lines.config()).orElseThrow();
        return IncomingSupport.of(channel.connector())
                .keptLongerThan(inbox, channel)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private IncomingMessage received() {
        assertNotNull(source.open(CHANNEL, 8, arrivals));
        return arrivals.first();
    }

    private static void acknowledged(Arrival arrival) throws Exception {
        arrival.acknowledge().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String text(IncomingMessage message) {
        return new String(message.data(), UTF_8);
    }

    private static final class Acknowledged implements Message<String> {

        boolean acknowledged;

        @Override
        public String getPayload() {
            return "{}";
        }

        @Override
        public java.util.concurrent.CompletionStage<Void> ack() {
            acknowledged = true;
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }
    }
}
