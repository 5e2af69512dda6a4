package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/**
 * For {@code smallrye-kafka}: the payload is the event's data, topic, key and headers are the message's metadata. Needs SmallRye's
 * API and kafka-clients; loaded only for channels that use it.
 */
final class SmallRyeKafkaMessages implements MessageFactory {

    @Override
    public EventMessage message(EventEnvelope event) {
        return new MessageWithMetadata(
                event,
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(event.topic())
                        .withKey(event.key())
                        .withHeaders(KafkaHeaders.of(event))
                        .build());
    }
}
