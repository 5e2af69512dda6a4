package dev.posthorn.example.launcher;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes once more what was published, as somebody does who was not told that it had arrived: the same key, headers and data. */
final class Redelivery {

    private final Map<String, Object> configuration;

    Redelivery(String brokerAddress) {
        configuration = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokerAddress,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                5000);
    }

    /** Answers how many it were, when the broker has acknowledged them. */
    int send(Collection<ConsumerRecord<String, String>> records) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(event -> producer.send(copy(event))).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            return sent.size();
        } catch (ExecutionException e) {
            throw new DemoFailedException("Not delivered again: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("Interrupted.");
        }
    }

    private static ProducerRecord<String, String> copy(ConsumerRecord<String, String> event) {
        return new ProducerRecord<>(event.topic(), event.partition(), event.key(), event.value(), event.headers());
    }
}
