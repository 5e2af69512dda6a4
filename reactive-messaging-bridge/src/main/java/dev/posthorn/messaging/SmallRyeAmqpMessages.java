package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata.OutgoingAmqpMetadataBuilder;

/** For {@code smallrye-amqp}. Needs that connector; loaded only for channels that use it. */
final class SmallRyeAmqpMessages implements MessageFactory {

    private final boolean hasAddress;

    /** @param hasAddress whether the channel has one for all events; otherwise it is the topic of each */
    SmallRyeAmqpMessages(boolean hasAddress) {
        this.hasAddress = hasAddress;
    }

    @Override
    public EventMessage message(EventEnvelope event) {
        OutgoingAmqpMetadataBuilder metadata = OutgoingAmqpMetadata.builder()
                // Or the message is lost when the broker restarts.
                .withDurable(true)
                .withMessageId(event.id().toString())
                .withSubject(event.type())
                .withCreationTime(event.time().toEpochMilli())
                .withContentType(event.contentType());
        AmqpProperties.of(event).forEach(metadata::withApplicationProperty);
        if (!hasAddress) {
            metadata.withAddress(event.topic());
        }
        return new MessageWithMetadata(event, metadata.build());
    }
}
