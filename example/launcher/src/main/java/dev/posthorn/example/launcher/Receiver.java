package dev.posthorn.example.launcher;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Somebody else's system: a plain Kafka consumer, which knows a topic and nothing of Posthorn. */
final class Receiver implements Runnable {

    private static final TopicPartition TOPIC = new TopicPartition("OrderPlaced", 0);

    /** Kept, so that the level set here is not lost with the logger. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    /** One record of the topic; the payload is JSON already. */
    record Received(long offset, String id, String type, String key, @JsonRawValue String payload) {}

    private final String brokerAddress;
    private final List<ConsumerRecord<String, String>> records = new CopyOnWriteArrayList<>();

    Receiver(String brokerAddress) {
        this.brokerAddress = brokerAddress;
    }

    List<Received> received() {
        return records.stream().map(Receiver::received).toList();
    }

    /** Every event once, as it first arrived. */
    Collection<ConsumerRecord<String, String>> firstDeliveries() {
        Map<String, ConsumerRecord<String, String>> byId = new LinkedHashMap<>();
        records.forEach(event -> byId.putIfAbsent(header(event, "ce_id"), event));
        return byId.values();
    }

    void start() {
        KAFKA_LOG.setLevel(Level.OFF); // a stopped broker is part of the demo
        Thread thread = new Thread(this, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        Map<String, Object> configuration = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokerAddress,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            while (true) {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            }
        }
    }

    private static Received received(ConsumerRecord<String, String> event) {
        return new Received(
                event.offset(), header(event, "ce_id"), header(event, "ce_type"), event.key(), event.value());
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
