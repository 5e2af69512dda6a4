package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * For {@code smallrye-kafka}: the payload is the event's data, topic, key and headers are the message's metadata. Needs SmallRye's
 * API and kafka-clients; loaded only for channels that use it.
 */
final class SmallRyeKafkaMessages implements MessageFactory {

    @Override
    public EventMessage message(EventEnvelope event) {
        return new WithMetadata(
                event,
                Metadata.of(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(event.topic())
                        .withKey(event.key())
                        .withHeaders(KafkaHeaders.of(event))
                        .build()));
    }

    /** Compiled against the MicroProfile API, whose messages have no metadata: there is nothing to override before run time. */
    private static final class WithMetadata extends EventMessage {

        private final Metadata metadata;

        WithMetadata(EventEnvelope event, Metadata metadata) {
            super(event, event.data());
            this.metadata = metadata;
        }

        /** Overrides the method that SmallRye's edition of {@code Message} adds to the interface. */
        @SuppressWarnings({"unused", "EffectivelyPrivate"})
        public Metadata getMetadata() {
            return metadata;
        }
    }
}
