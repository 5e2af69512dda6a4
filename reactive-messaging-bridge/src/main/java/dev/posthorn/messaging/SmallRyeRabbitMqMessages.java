package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import java.time.ZoneOffset;

/** For {@code smallrye-rabbitmq}. Needs that connector; loaded only for channels that use it. */
final class SmallRyeRabbitMqMessages implements MessageFactory {

    /** Messages without it are lost when RabbitMQ restarts, even from durable queues. */
    private static final int PERSISTENT = 2;

    private final boolean hasRoutingKey;

    /** @param hasRoutingKey whether the channel has one for all events; otherwise it is the topic of each */
    SmallRyeRabbitMqMessages(boolean hasRoutingKey) {
        this.hasRoutingKey = hasRoutingKey;
    }

    @Override
    public EventMessage message(EventEnvelope event) {
        OutgoingRabbitMQMetadata.Builder metadata = OutgoingRabbitMQMetadata.builder()
                .withDeliveryMode(PERSISTENT)
                .withMessageId(event.id().toString())
                .withType(event.type())
                .withTimestamp(event.time().atZone(ZoneOffset.UTC))
                .withContentType(event.contentType())
                .withHeaders(AmqpProperties.of(event));
        if (!hasRoutingKey) {
            metadata.withRoutingKey(event.topic());
        }
        return new MessageWithMetadata(event, metadata.build());
    }
}
