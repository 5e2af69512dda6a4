package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.amqp.AmqpMessage;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** For {@code smallrye-amqp}. Needs that connector. */
final class SmallRyeAmqpReader implements MessageReader {

    @Override
    public @Nullable IncomingMessage read(String channel, Message<?> message) {
        IncomingAmqpMetadata metadata = SmallRyeMetadata.of(message, IncomingAmqpMetadata.class);
        if (metadata == null) {
            return null;
        }
        MessageParts parts = new MessageParts(channel, AmqpProperties.PREFIXES);
        properties(message, metadata).forEach((name, value) -> parts.header(String.valueOf(name), plain(value)));
        if (metadata.getContentType() != null) {
            parts.contentType(metadata.getContentType());
        }
        return parts.message(data(message));
    }

    /** As they came: as JSON they could not be of all types. */
    private static Map<?, ?> properties(Message<?> message, IncomingAmqpMetadata metadata) {
        if (message instanceof AmqpMessage<?> received) {
            ApplicationProperties properties = received.unwrap().getApplicationProperties();
            return properties == null || properties.getValue() == null ? Map.of() : properties.getValue();
        }
        JsonObject properties = metadata.getProperties();
        return properties == null ? Map.of() : properties.getMap();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Binary bytes ? bytes.asByteBuffer() : value;
    }

    /** As it came: the payload of JSON has been read by the connector, and numbers lose digits by that. */
    private static @Nullable Object data(Message<?> message) {
        if (message instanceof AmqpMessage<?> received && received.getBody() instanceof Data data) {
            return plain(data.getValue());
        }
        return message.getPayload();
    }
}
