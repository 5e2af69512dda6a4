package dev.posthorn.messaging;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With RabbitMQ, where it is installed. */
class RabbitMqTest extends OtherBrokerContract {

    private static RabbitMq broker;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(RabbitMq.isInstalled(), "RabbitMQ is not installed");
        broker = RabbitMq.startIn(directory);
    }

    @AfterAll
    static void endBroker() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    ConfigLines lines() {
        return new ConfigLines()
                .with("mp.messaging.connector.smallrye-rabbitmq.host", "127.0.0.1")
                .with("mp.messaging.connector.smallrye-rabbitmq.port", Integer.toString(broker.port()))
                .with("mp.messaging.connector.smallrye-rabbitmq.username", "guest")
                .with("mp.messaging.connector.smallrye-rabbitmq.password", "guest")
                .with("mp.messaging.connector.smallrye-rabbitmq.reconnect-interval", "1")
                .with("mp.messaging.connector.smallrye-rabbitmq.automatic-recovery-enabled", "true")
                .with(OUT, "connector", RabbitMqSupport.CONNECTOR)
                .with(OUT, "host", "127.0.0.1")
                .with(OUT, "port", Integer.toString(broker.port()))
                .with(OUT, "exchange.name", "events")
                .incoming(IN, "connector", "smallrye-rabbitmq")
                .incoming(IN, "exchange.name", "events")
                .incoming(IN, "queue.name", topic)
                .incoming(IN, "routing-keys", topic)
                .incoming(IN, "max-outstanding-messages", Integer.toString(WINDOW));
    }

    @Override
    boolean hasConsumer() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            return channel.consumerCount(topic) > 0;
        }
    }

    @Override
    void killBroker() {
        broker.kill();
    }

    @Override
    void freezeBroker() throws Exception {
        broker.freeze();
    }

    @Override
    void thawBroker() throws Exception {
        broker.thaw();
    }

    @Override
    void restartBroker() throws Exception {
        broker.restart();
    }

    @Test
    void itIsPersistentAndItsTopicIsTheRoutingKeyUnlessTheChannelHasOne() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, "events", "#");
            send(Events.event(OUT, topic, "42", "{}"));
            GetResponse sent = await().atMost(Duration.ofSeconds(30))
                    .until(() -> channel.basicGet(queue, true), message -> message != null);
            assertEquals(2, sent.getProps().getDeliveryMode());
            assertEquals(topic, sent.getEnvelope().getRoutingKey());

            restart(lines().with(OUT, "default-routing-key", "all"));
            send(Events.event(OUT, topic, "42", "{}"));
            GetResponse next = await().atMost(Duration.ofSeconds(30))
                    .until(() -> channel.basicGet(queue, true), message -> message != null);
            assertEquals("all", next.getEnvelope().getRoutingKey());
        }
    }

    @Test
    void whatNoQueueIsBoundForIsNotSentUnlessThatIsWanted() throws Exception {
        open(arrivals);
        EventEnvelope nobodys = Events.event(OUT, "nobodys", "k", "{}");
        assertFails(nobodys, Failure.DESTINATION, "POSTHORN-M49");
        send(Events.event(OUT, topic, "k", "\"of others\""));

        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.queueBind(channel.queueDeclare().getQueue(), "events", "nobodys");
            send(nobodys);
        }

        restart(lines().with(OUT, "mandatory", "false"));
        send(Events.event(OUT, "nobodys too", "k", "{}"));
    }

    /** RabbitMQ closes the channel for it, and takes nothing of what has been published after it. */
    @Test
    void anErrorOfTheChannelConfirmsNothingAndEndsOnlyWhatHasCausedIt() throws Exception {
        open(arrivals);
        List<EventEnvelope> events = events("around", 100);
        EventEnvelope tooLarge = Events.event(OUT, topic, "k", "x".repeat(RabbitMq.LARGEST_MESSAGE + 1));
        freezeBroker();
        List<CompletableFuture<?>> sends = sends(events.subList(0, 50));
        CompletableFuture<?> sendOfTooLarge = sends(List.of(tooLarge)).get(0);
        sends.addAll(sends(events.subList(50, 100)));
        thawBroker();

        assertFails(sendOfTooLarge, tooLarge, Failure.EVENT, "POSTHORN-M54");
        for (int i = 50; i < 100; i++) {
            // Those behind it end with the AMQP channel, or have gone to the next one already.
            if (!isTaken(sends.get(i))) {
                assertFails(sends.get(i), events.get(i), Failure.BROKER, "POSTHORN-M48");
            }
        }
        sentUnless(sends, events);
        assertAllArrive(events);
    }

    @Test
    void aMissingExchangeIsNoEventsFault() throws Exception {
        restart(lines().with(OUT, "exchange.declare", "false"));
        open(arrivals);
        sent(events("before", 1));
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDelete("events");
            List<EventEnvelope> events = events("missing", 20);
            List<CompletableFuture<?>> sends = sends(events);
            for (int i = 0; i < events.size(); i++) {
                assertFails(sends.get(i), events.get(i), Failure.BROKER, "NOT_FOUND - no exchange 'events'");
            }

            channel.exchangeDeclare("events", "topic", true);
            channel.queueBind(topic, "events", topic);
            sent(events);
            assertAllArrive(events);
        }
    }

    @Test
    void aForbiddenTopicFailsAloneAndNothingIsConfirmedForIt() throws Exception {
        open(arrivals);
        broker.control("set_topic_permissions", "guest", "events", "^" + topic + "$", ".*");
        try {
            List<EventEnvelope> allowed = events("allowed", 20);
            EventEnvelope forbidden = Events.event(OUT, "forbidden", "k", "{}");
            List<CompletableFuture<?>> sends = sends(allowed.subList(0, 10));
            CompletableFuture<?> sendOfForbidden = sends(List.of(forbidden)).get(0);
            sends.addAll(sends(allowed.subList(10, 20)));

            assertFails(sendOfForbidden, forbidden, Failure.DESTINATION, "POSTHORN-M53");
            sentUnless(sends, allowed);
            assertAllArrive(allowed);
        } finally {
            broker.control("clear_topic_permissions", "guest");
        }
    }

    @Test
    void whatCanNeverBeSentHurtsNothingElse() throws Exception {
        open(arrivals);
        assertFails(Events.event(OUT, "t".repeat(256), "k", "{}"), Failure.HOPELESS, "POSTHORN-M50");
        List<EventEnvelope> events = events("next", 3);
        sent(events);
        assertAllArrive(events);
    }

    @Test
    void whileThereIsNoBrokerEverySendFailsSoon() throws Exception {
        send(Events.event(OUT, routed(), "k", "{}"));
        killBroker();
        try {
            List<EventEnvelope> events = events("away", EventTransport.MOST_UNDER_WAY);
            List<CompletableFuture<?>> sends = sends(events);
            for (int i = 0; i < events.size(); i++) {
                assertFails(sends.get(i), events.get(i), Failure.BROKER, "POSTHORN-M4");
            }
            assertFails(events.get(0), Failure.BROKER, "POSTHORN-M47");
        } finally {
            restartBroker();
        }
    }

    /** A frozen broker leaves its connections open; heartbeats show that nobody is there. */
    @Test
    void aBrokerThatSaysNothingIsGivenUpAndWhatItHasNotConfirmedIsSentAgain() throws Exception {
        restart(lines().with(OUT, "requested-heartbeat", "1").with(OUT, "connection-timeout", "1000"));
        open(arrivals);
        sent(events("before", 1));
        List<EventEnvelope> events = events("frozen", EventTransport.MOST_UNDER_WAY);
        freezeBroker();
        List<CompletableFuture<?>> sends = sends(events);
        try {
            for (int i = 0; i < events.size(); i++) {
                assertFails(sends.get(i), events.get(i), Failure.BROKER, "POSTHORN-M48");
            }
            assertFails(events.get(0), Failure.BROKER, "POSTHORN-M47");
        } finally {
            thawBroker();
        }
        sent(events);
        assertAllArrive(events);
    }

    @Test
    void anyAddressThatAnswersWillDo() throws Exception {
        restart(lines().with(OUT, "addresses", "127.0.0.1:1, 127.0.0.1:" + broker.port())
                .without(OUT, "host")
                .without(OUT, "port"));
        send(Events.event(OUT, routed(), "k", "{}"));
    }

    @Test
    void theDefaultExchangeTakesTheTopicForTheNameOfAQueue() throws Exception {
        restart(lines().with(OUT, "exchange.name", "\"\""));
        open(arrivals);
        List<EventEnvelope> events = events("direct", 3);
        sent(events);
        assertAllArrive(events);
        assertFails(Events.event(OUT, "no queue", "k", "{}"), Failure.DESTINATION, "POSTHORN-M49");
    }

    /** As a mistyped password, it is for the operator to correct, and no event's fault. */
    @Test
    void whoIsNotLetInSendsNothing() throws Exception {
        restart(lines().with(OUT, "password", "wrong"));
        assertFails(Events.event(OUT, topic, "k", "{}"), Failure.BROKER, "ACCESS_REFUSED");
    }

    @Test
    void nothingOfTheConnectorOutlivesTheApplication() throws Exception {
        send(Events.event(OUT, routed(), "k", "{}"));
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("posthorn"))
                .toList();
        assertTrue(threads.size() > 1, threads::toString);
        restart(lines());
        await().atMost(Duration.ofSeconds(30)).until(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void itConnectsByTlsAndTrustsNoStranger() throws Exception {
        open(arrivals);
        ConfigLines tls =
                lines().with(OUT, "port", Integer.toString(broker.tlsPort())).with(OUT, "ssl", "true");
        restart(tls);
        assertFails(Events.event(OUT, topic, "k", "{}"), Failure.BROKER, "certification path");

        restart(tls.with(OUT, "trust-store-path", broker.trustStore())
                .with(OUT, "trust-store-password", RabbitMq.STORE_PASSWORD));
        open(arrivals);
        List<EventEnvelope> events = events("by tls", 3);
        sent(events);
        assertAllArrive(events);
    }

    /** The topic, when there is a queue for it. */
    private String routed() {
        open(arrivals);
        return topic;
    }

    private void assertFails(EventEnvelope event, Failure meaning, String message) {
        assertFails(sends(List.of(event)).get(0), event, meaning, message);
    }

    private static boolean isTaken(CompletableFuture<?> send) throws Exception {
        return send.handle((sent, failure) -> failure == null).get(20, TimeUnit.SECONDS);
    }

    private static void assertFails(CompletableFuture<?> send, EventEnvelope event, Failure meaning, String message) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> send.get(20, TimeUnit.SECONDS));
        Throwable reason = requireNonNull(failed.getCause());
        assertEquals(meaning, new MessagingFailureClassifier().classify(event, reason), reason::toString);
        assertTrue(String.valueOf(reason.getMessage()).contains(message), reason::toString);
    }

    @Test
    void whatIsRefusedGoesToTheDeadLetterQueueAndTheChannelGoesOn() throws Exception {
        restart(lines().incoming(IN, "auto-bind-dlq", "true")
                .incoming(IN, "dlx.declare", "true")
                .incoming(IN, "dead-letter-queue-name", "refused"));
        open(arrivals);
        send(Events.event(OUT, topic, "k", "\"no\""));
        awaitCount(arrivals, 1);
        refused(arrivals.get(0));
        send(Events.event(OUT, topic, "k", "\"next\""));
        awaitCount(arrivals, 2);

        assertFalse(arrivals.ended);
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> channel.messageCount("refused") == 1);
        }
    }

    @Test
    void aChannelThatARefusalStopsIsSaidToHaveEnded() throws Exception {
        restart(lines().incoming(IN, "failure-strategy", "fail"));
        open(arrivals);
        send(Events.event(OUT, topic, "k", "\"no\""));
        awaitCount(arrivals, 1);

        assertThrows(ExecutionException.class, () -> refused(arrivals.get(0)));
        assertTrue(arrivals.ended);
    }

    private static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        return factory.newConnection();
    }
}
