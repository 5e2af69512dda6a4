package dev.posthorn.messaging;

import com.rabbitmq.client.LongString;
import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMessage;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata;
import java.util.Map;
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
        headers(message, metadata).forEach((name, value) -> parts.header(name, plain(value)));
        metadata.getContentType().ifPresent(parts::contentType);
        return parts.message(data(message));
    }

    /** As they came: the connector has replaced what is not UTF-8 by characters that are the same for all of that. */
    private static Map<String, Object> headers(Message<?> message, IncomingRabbitMQMetadata metadata) {
        if (message instanceof IncomingRabbitMQMessage<?> received) {
            Map<String, Object> headers = received.message.properties().getHeaders();
            return headers == null ? Map.of() : headers;
        }
        return metadata.getHeaders();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof LongString text ? text.getBytes() : value;
    }

    /** As it came: the payload of JSON has been read by the connector, and numbers lose digits by that. */
    private static @Nullable Object data(Message<?> message) {
        return message instanceof IncomingRabbitMQMessage<?> received
                ? received.message.body().getBytes()
                : message.getPayload();
    }
}
