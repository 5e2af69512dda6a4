package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMessage;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** For {@code smallrye-rabbitmq}. Needs that connector. */
final class SmallRyeRabbitMqReader implements MessageReader {

    @Override
    public @Nullable IncomingMessage read(String channel, Message<?> message) {
        IncomingRabbitMQMetadata metadata = SmallRyeMetadata.of(message, IncomingRabbitMQMetadata.class);
        if (metadata == null) {
            return null;
        }
        MessageParts parts = new MessageParts(channel, AmqpProperties.PREFIXES);
        metadata.getHeaders().forEach(parts::header);
        metadata.getContentType().ifPresent(parts::contentType);
        return parts.message(data(message));
    }

    /** As it came: the payload of JSON has been read by the connector, and numbers lose digits by that. */
    private static @Nullable Object data(Message<?> message) {
        return message instanceof IncomingRabbitMQMessage<?> received
                ? received.message.body().getBytes()
                : message.getPayload();
    }
}
