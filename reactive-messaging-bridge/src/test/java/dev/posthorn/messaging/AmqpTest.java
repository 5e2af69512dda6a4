package dev.posthorn.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With AMQP 1.0, as Artemis speaks it. */
class AmqpTest extends OtherBrokerContract {

    private static Artemis broker;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = Artemis.startIn(directory);
    }

    @AfterAll
    static void endBroker() throws Exception {
        broker.close();
    }

    @Override
    ConfigLines lines() {
        return new ConfigLines()
                .with("mp.messaging.connector.smallrye-amqp.host", "127.0.0.1")
                .with("mp.messaging.connector.smallrye-amqp.port", Integer.toString(broker.port()))
                .with("mp.messaging.connector.smallrye-amqp.reconnect-interval", "1")
                .with(OUT, "connector", "smallrye-amqp")
                .incoming(IN, "connector", "smallrye-amqp")
                .incoming(IN, "address", topic)
                .incoming(IN, "cloud-events", "false");
    }

    @Override
    boolean hasConsumer() throws Exception {
        return broker.consumers(topic) > 0;
    }

    @Override
    void killBroker() throws Exception {
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
    void itGoesToTheChannelsAddressIfThereIsOne() throws Exception {
        restart(lines().with(OUT, "address", topic));
        open(arrivals);
        send(Events.event(OUT, "elsewhere", "k", "\"here\""));

        awaitCount(arrivals, 1);
    }

    @Test
    void aChannelThatARefusalStopsIsSaidToHaveEnded() throws Exception {
        open(arrivals);
        send(Events.event(OUT, topic, "k", "\"no\""));
        awaitCount(arrivals, 1);

        assertThrows(ExecutionException.class, () -> refused(arrivals.get(0)));
        assertTrue(arrivals.ended);
    }

    @Test
    void whatIsRejectedIsGoneAndTheChannelGoesOn() throws Exception {
        restart(lines().incoming(IN, "failure-strategy", "reject"));
        open(arrivals);
        send(Events.event(OUT, topic, "k", "\"no\""));
        awaitCount(arrivals, 1);
        refused(arrivals.get(0));
        send(Events.event(OUT, topic, "k", "\"next\""));
        awaitCount(arrivals, 2);
        done(arrivals.get(1).acknowledge());

        assertFalse(arrivals.ended);
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.count(topic) == 0);
    }
}
