package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * For {@code smallrye-kafka}, whose messages keep the record beside the payload: that may be a part of the record's value alone. Needs
 * SmallRye's API and kafka-clients.
 */
final class SmallRyeKafkaReader implements MessageReader {

    @Override
    public @Nullable IncomingMessage read(String channel, Message<?> message) {
        IncomingKafkaRecordMetadata<?, ?> metadata = SmallRyeMetadata.of(message, IncomingKafkaRecordMetadata.class);
        return metadata == null ? null : KafkaRecordReader.read(channel, metadata.getRecord());
    }
}
