package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.amqp.AmqpMessage;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import org.apache.qpid.proton.amqp.Binary;
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
        JsonObject properties = metadata.getProperties();
        if (properties != null) {
            properties.forEach(property -> parts.header(property.getKey(), property.getValue()));
        }
        if (metadata.getContentType() != null) {
            parts.contentType(metadata.getContentType());
        }
        return parts.message(data(message));
    }

    /** As it came: the payload of JSON has been read by the connector, and numbers lose digits by that. */
    private static @Nullable Object data(Message<?> message) {
        if (message instanceof AmqpMessage<?> received && received.getBody() instanceof Data data) {
            Binary bytes = data.getValue();
            int begin = bytes.getArrayOffset();
            return Arrays.copyOfRange(bytes.getArray(), begin, begin + bytes.getLength());
        }
        return message.getPayload();
    }
}
