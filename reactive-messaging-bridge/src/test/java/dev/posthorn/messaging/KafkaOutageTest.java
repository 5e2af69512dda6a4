package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of events that are sent, again and again, while Kafka is away: each arrives once. */
class KafkaOutageTest {

    private static final String CHANNEL = "posthorn";

    private static final String UNKNOWN = "unknown";

    /** Longer than everything that waits for an answer, but for Kafka's own delivery. */
    private static final Duration OUTAGE = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static KafkaProcess broker;

    private String topic = "";
    private RunningBridge bridge;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = KafkaProcess.startIn(directory.resolve("kafka"));
        broker.createTopics(UNKNOWN);
    }

    @AfterAll
    static void endBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopics(topic);
        bridge = new RunningBridge(ConfigLines.kafka(CHANNEL)
                .with("mp.messaging.connector.smallrye-kafka.bootstrap.servers", broker.address()));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    /** On one topic that the producer knows, and on one that it has never heard of. */
    @Test
    void whatIsSentWhileTheBrokerIsDeadArrivesOnce() throws Exception {
        sent("before");
        broker.kill();
        List<Repeated> waiting = repeatedly(topic, UNKNOWN);
        broker.restart();
        assertArriveOnce(topic, waiting, "before");
        assertArriveOnce(UNKNOWN, waiting);
    }

    @Test
    void whatIsSentWhileTheBrokerIsFrozenArrivesOnce() throws Exception {
        sent("before");
        broker.freeze();
        List<Repeated> waiting = repeatedly(topic);
        broker.thaw();
        assertArriveOnce(topic, waiting, "before");
    }

    private void sent(String data) throws Exception {
        send(Events.event(CHANNEL, topic, "k", data)).get(60, TimeUnit.SECONDS);
    }

    /** All of them again every five seconds: more often than the relay does, which waits for an answer for ten. */
    private List<Repeated> repeatedly(String... topics) {
        List<Repeated> all = new ArrayList<>();
        for (String each : topics) {
            for (int i = 0; i < 6; i++) {
                all.add(new Repeated(Events.event(CHANNEL, each, "k", "n" + i)));
            }
        }
        long begin = System.nanoTime();
        await().atMost(OUTAGE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(5))
                .until(() -> {
                    all.forEach(each -> each.sends.add(send(each.event)));
                    return System.nanoTime() - begin > OUTAGE.toNanos();
                });
        assertTrue(all.stream().noneMatch(Repeated::isSent));
        return all;
    }

    private void assertArriveOnce(String where, List<Repeated> waiting, String... before) {
        await().atMost(PATIENCE).until(() -> waiting.stream().allMatch(this::isSentByNow));
        List<String> expected = new ArrayList<>(List.of(before));
        waiting.stream()
                .filter(each -> each.event.topic().equals(where))
                .forEach(each -> expected.add(new String(each.event.data(), UTF_8)));
        assertEquals(sorted(expected), sorted(values(where)));
        // Whatever the client may still have comes before this.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            sent("after");
            return true;
        });
        assertEquals(
                sorted(expected),
                sorted(values(where)).stream()
                        .filter(value -> !value.equals("after"))
                        .toList());
    }

    /** As the relay does it: sent again if it failed. */
    private boolean isSentByNow(Repeated each) {
        if (!each.isSent() && each.last().isDone()) {
            each.sends.add(send(each.event));
        }
        return each.isSent();
    }

    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().toList();
    }

    private List<String> values(String where) {
        return broker.records(where).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private CompletableFuture<?> send(EventEnvelope event) {
        EventTransport transport = bridge.transport();
        return transport.send(event).toCompletableFuture();
    }

    /** An event and how often it was sent. */
    private static final class Repeated {

        private final EventEnvelope event;
        private final List<CompletableFuture<?>> sends = new ArrayList<>();

        Repeated(EventEnvelope event) {
            this.event = event;
        }

        boolean isSent() {
            return sends.stream().anyMatch(send -> send.isDone() && !send.isCompletedExceptionally());
        }

        CompletableFuture<?> last() {
            return sends.get(sends.size() - 1);
        }
    }
}
