package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads whatever a connector has received: each message is asked where it comes from, so that channels need not be known. */
record MessageReaders(List<MessageReader> readers) {

    /** Those whose libraries are here. */
    static MessageReaders ofVisibleLibraries() {
        List<MessageReader> readers = new ArrayList<>();
        if (Visible.smallRyeKafkaApi()) {
            readers.add(new SmallRyeKafkaReader());
        }
        if (Visible.smallRyeRabbitMq()) {
            readers.add(new SmallRyeRabbitMqReader());
        }
        if (Visible.smallRyeAmqp()) {
            readers.add(new SmallRyeAmqpReader());
        }
        if (Visible.kafkaClients()) {
            readers.add(new KafkaRecordReader());
        }
        return new MessageReaders(readers);
    }

    IncomingMessage read(String channel, Message<?> message) {
        for (MessageReader reader : readers) {
            IncomingMessage read = reader.read(channel, message);
            if (read != null) {
                return read;
            }
        }
        return new MessageParts(channel).message(message.getPayload());
    }
}
