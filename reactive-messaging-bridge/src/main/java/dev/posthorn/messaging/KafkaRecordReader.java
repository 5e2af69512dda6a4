package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** For connectors whose messages are around a Kafka record, as those of {@code liberty-kafka}. Needs kafka-clients. */
final class KafkaRecordReader implements MessageReader {

    private static final String ATTRIBUTES = "ce_";

    @Override
    public @Nullable IncomingMessage read(String channel, Message<?> message) {
        if (message.getPayload() instanceof ConsumerRecord<?, ?> record) {
            return read(channel, record);
        }
        try {
            return read(channel, message.unwrap(ConsumerRecord.class));
        } catch (IllegalArgumentException e) {
            return null; // there is none in it
        }
    }

    static IncomingMessage read(String channel, ConsumerRecord<?, ?> record) {
        MessageParts parts = new MessageParts(channel, ATTRIBUTES);
        record.headers().forEach(header -> parts.header(header.key(), header.value()));
        parts.key(plain(record.key()));
        parts.position(position(record));
        return parts.message(plain(record.value()));
    }

    /** What one of Kafka's own deserializers makes of bytes has another text. */
    private static @Nullable Object plain(@Nullable Object content) {
        return content instanceof Bytes bytes ? bytes.get() : content;
    }

    /** With its time, which stays the same at each delivery: in a topic that was deleted and made anew, offsets begin at 0 again. */
    private static String position(ConsumerRecord<?, ?> record) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        return record.timestamp() == ConsumerRecord.NO_TIMESTAMP ? place : place + "/" + record.timestamp();
    }
}
