package dev.posthorn.tck.reliability;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Reads a topic from its beginning while it is being written, with Kafka's own client and nothing of ours. */
final class Follower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");

    private final String keyPrefix;
    private final Map<String, Object> configuration;
    private final List<TopicPartition> partitions;
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean open = true;

    /** @param keyPrefix whose other keys are somebody else's */
    Follower(String bootstrapServers, String topic, String keyPrefix) {
        this.keyPrefix = keyPrefix;
        this.configuration = Map.of("bootstrap.servers", bootstrapServers, "request.timeout.ms", 5_000);
        try (var consumer = consumer()) {
            partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        }
        thread = new Thread(this::follow, "follower");
        thread.setDaemon(true);
        thread.start();
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer());
    }

    private void follow() {
        try (var consumer = consumer()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (open) {
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    if (each.key() != null && each.key().startsWith(keyPrefix)) {
                        deliveries.add(delivery(each));
                    }
                }
                notePositions(consumer);
            }
        }
    }

    private void notePositions(KafkaConsumer<String, String> consumer) {
        try {
            partitions.forEach(each -> positions.put(each, consumer.position(each)));
        } catch (TimeoutException e) {
            // The broker has been away for a while; the consumer goes on where it was.
        }
    }

    /** All that is in the topic now, each key's in their order. */
    List<Delivery> all() {
        Map<TopicPartition, Long> ends;
        try (var consumer = consumer()) {
            ends = consumer.endOffsets(partitions);
        }
        Awaitility.await("the consumer's reaching the end of the topic")
                .atMost(PATIENCE)
                .until(() -> ends.entrySet().stream()
                        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue()));
        return soFar();
    }

    List<Delivery> soFar() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    private static Delivery delivery(ConsumerRecord<String, String> sent) {
        String id = new String(sent.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        return new Delivery(
                id,
                Delivery.entry(sent.value()),
                sent.key(),
                number(sent.value()),
                Instant.ofEpochMilli(sent.timestamp()));
    }

    private static long number(String payload) {
        Matcher matcher = NUMBER.matcher(payload);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Override
    public void close() {
        open = false;
    }
}
