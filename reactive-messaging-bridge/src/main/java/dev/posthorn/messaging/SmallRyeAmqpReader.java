package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** For {@code smallrye-amqp}. Needs that connector. */
final class SmallRyeAmqpReader implements MessageReader {

    /** The AMQP protocol binding of CloudEvents 1.0 allows for both. */
    static final String[] ATTRIBUTES = {"cloudEvents:", "cloudEvents_"};

    @Override
    public @Nullable IncomingMessage read(String channel, Message<?> message) {
        IncomingAmqpMetadata metadata = SmallRyeMetadata.of(message, IncomingAmqpMetadata.class);
        if (metadata == null) {
            return null;
        }
        MessageParts parts = new MessageParts(channel, ATTRIBUTES);
        JsonObject properties = metadata.getProperties();
        if (properties != null) {
            properties.forEach(property -> parts.header(property.getKey(), property.getValue()));
        }
        if (metadata.getContentType() != null) {
            parts.contentType(metadata.getContentType());
        }
        return parts.message(message.getPayload());
    }
}
