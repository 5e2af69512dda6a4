package dev.posthorn.tck.suite;

import dev.posthorn.tck.fixture.Fixtures;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Somebody else's application: it has the CloudEvents SDK, and nothing of ours. */
final class CloudEventsConsumer {

    private CloudEventsConsumer() {}

    static CloudEvent awaitEvent(String topic, String key) {
        Map<String, Object> client =
                Map.of("bootstrap.servers", Fixtures.broker().bootstrapServers());
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new CloudEventDeserializer())) {
            var partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return Awaitility.await("the event of key " + key)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> next(consumer, key), event -> event != null);
        }
    }

    private static CloudEvent next(KafkaConsumer<String, CloudEvent> consumer, String key) {
        for (ConsumerRecord<String, CloudEvent> received : consumer.poll(Duration.ofMillis(200))) {
            if (key.equals(received.key())) {
                return received.value();
            }
        }
        return null;
    }
}
