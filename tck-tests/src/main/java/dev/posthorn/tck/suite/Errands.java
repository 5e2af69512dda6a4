package dev.posthorn.tck.suite;

import dev.posthorn.tck.fixture.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;

/** A sender of events that chooses their partitions itself, and sends the same event as often as it likes. */
final class Errands implements AutoCloseable {

    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", Fixtures.broker().bootstrapServers(), "linger.ms", 0),
            new StringSerializer(),
            new StringSerializer());
    private final String topic;

    Errands(String topic) {
        this.topic = topic;
    }

    /** Sends one event, of this type, once to each of these partitions; returns when the broker has it. */
    void send(String type, String who, String what, Integer... partitions) {
        List.of(partitions).stream()
                .map(partition -> sendOnce(type, who, what, partition))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private CompletableFuture<RecordMetadata> sendOnce(String type, String who, String what, int partition) {
        ProducerRecord<String, String> sent =
                new ProducerRecord<>(topic, partition, who, "{\"who\":\"%s\",\"what\":\"%s\"}".formatted(who, what));
        Map.of("ce_specversion", "1.0", "ce_type", type, "ce_source", "/sender", "ce_id", who + " " + what)
                .forEach((name, value) ->
                        sent.headers().add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        CompletableFuture<RecordMetadata> result = new CompletableFuture<>();
        producer.send(sent, (metadata, error) -> {
            if (error == null) {
                result.complete(metadata);
            } else {
                result.completeExceptionally(error);
            }
        });
        return result.orTimeout(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
