package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * For connectors that take a whole Kafka record as the payload: {@code liberty-kafka}, which knows no metadata, and
 * {@code smallrye-kafka} too. Needs kafka-clients; loaded only for channels that use it.
 */
final class KafkaRecordMessages implements MessageFactory {

    @Override
    public EventMessage message(EventEnvelope event) {
        return new EventMessage(event, record(event));
    }

    /** Partition and timestamp are left to the producer. */
    static ProducerRecord<String, byte[]> record(EventEnvelope event) {
        return new ProducerRecord<>(event.topic(), null, null, event.key(), event.data(), KafkaHeaders.of(event));
    }
}
