package dev.posthorn.benchmarks.run;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes events to a topic beforehand: consumers see them when they are committed, all at once. */
final class Backlog implements AutoCloseable {

    private static final String JSON =
            """
            {"cents":%d,"currency":"EUR","customer":"customer-%d","id":%d,"note":"%s","placedAt":"2026-11-21T07:45:00.000Z"}""";

    private static final String NOTE = "a gift, to be wrapped in paper without a price on it, ".repeat(16);

    private final KafkaProducer<String, byte[]> producer;
    private final int keys;

    Backlog(String bootstrapServers, int keys) {
        this.keys = keys;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        "backlog",
                        "linger.ms",
                        5,
                        "batch.size",
                        65_536),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Returns when the broker has them all; nobody else sees them yet. */
    void write(ReceivingVariant variant, long firstId, int count) {
        producer.beginTransaction();
        for (long id = firstId; id < firstId + count; id++) {
            producer.send(event(variant, id));
        }
        producer.flush();
    }

    /** Shows them. Answers when, by {@link System#nanoTime}. */
    long show() {
        long now = System.nanoTime();
        producer.commitTransaction();
        return now;
    }

    private ProducerRecord<String, byte[]> event(ReceivingVariant variant, long id) {
        String json = JSON.formatted(1000 + id % 9000, id % 1000, id, NOTE);
        ProducerRecord<String, byte[]> event =
                new ProducerRecord<>(variant.label(), "customer-" + id % keys, json.getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", Long.toString(id),
                        "ce_source", "/shop",
                        "ce_type", variant.type,
                        "ce_time", "2026-11-21T07:45:00.000Z",
                        "content-type", "application/json")
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    @Override
    public void close() {
        producer.close();
    }
}
