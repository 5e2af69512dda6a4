package dev.posthorn.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
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
                .with(OUT, "connector", "smallrye-rabbitmq")
                .with(OUT, "exchange.name", "events")
                .with(OUT, "publish-confirms", "true")
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

    @Override
    @Disabled(
            "Vert.x's client takes confirmations on a new connection for messages of the one that broke: see docs/guide.md")
    void whatIsUnderWayWhenTheBrokerIsKilledCountsOnlyWhenItHasArrivedAndTakesNoRoomForEver() {}

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
