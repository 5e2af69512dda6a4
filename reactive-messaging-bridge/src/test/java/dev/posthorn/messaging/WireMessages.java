package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import com.rabbitmq.client.impl.LongStringHelper;
import io.smallrye.reactive.messaging.amqp.AmqpMessage;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.rabbitmq.ClientHolder;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMessage;
import io.vertx.amqp.impl.AmqpMessageImpl;
import io.vertx.core.buffer.Buffer;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** Messages as connectors make them of what a client has read from the wire, without any of them running. */
final class WireMessages {

    private static final String ID = "id";
    private static final int LARGEST = 1 << 20;

    private WireMessages() {}

    /** @throws Exception if the client or the connector does not take it */
    static Message<?> of(FuzzedArrival arrival) throws Exception {
        return switch (arrival.protocol()) {
            case KAFKA -> kafka(arrival);
            case RABBITMQ -> rabbitMq(arrival);
            case AMQP -> amqp(arrival);
        };
    }

    private static Message<?> kafka(FuzzedArrival arrival) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("topic", 3, 7, arrival.key(), arrival.data());
        record.headers().add(FuzzedArrival.Protocol.KAFKA.prefix + ID, arrival.id());
        arrival.headers().forEach((name, value) -> addTo(record, name, value));
        record.headers().add("content-type", arrival.contentType().getBytes(UTF_8));
        return new Received(record, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "orders")));
    }

    /** Several values are several headers of one name. */
    private static void addTo(ConsumerRecord<?, ?> record, String name, @Nullable Object value) {
        if (value instanceof Collection<?> values) {
            values.forEach(each -> addTo(record, name, each));
        } else {
            byte[] bytes = value instanceof byte[] raw || value == null
                    ? (byte[]) value
                    : value.toString().getBytes(UTF_8);
            record.headers().add(name, bytes);
        }
    }

    private static Message<?> rabbitMq(FuzzedArrival arrival) throws IOException {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(FuzzedArrival.Protocol.RABBITMQ.prefix + ID, LongStringHelper.asLongString(arrival.id()));
        arrival.headers().forEach((name, value) -> headers.put(name, ofRabbitMq(value)));
        AMQP.BasicProperties sent = new AMQP.BasicProperties.Builder()
                .contentType(arrival.contentType())
                .headers(headers)
                .build();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.write(new byte[Short.BYTES + Long.BYTES]); // weight and size
        sent.writePropertiesTo(new ContentHeaderPropertyWriter(new DataOutputStream(wire)));
        AMQP.BasicProperties read =
                new AMQP.BasicProperties(new DataInputStream(new ByteArrayInputStream(wire.toByteArray())));
        byte[] body = arrival.data() == null ? new byte[0] : arrival.data();
        return new IncomingRabbitMQMessage<>(
                new io.vertx.mutiny.rabbitmq.RabbitMQMessage(new FromRabbitMq(read, Buffer.buffer(body))),
                new ClientHolder(null, null, null, null),
                null,
                null,
                "application/octet-stream");
    }

    private static @Nullable Object ofRabbitMq(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> converted = new LinkedHashMap<>();
            map.forEach((name, each) -> converted.put(String.valueOf(name), ofRabbitMq(each)));
            return converted;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(WireMessages::ofRabbitMq).toList();
        }
        return value instanceof UUID ? value.toString() : value;
    }

    private static Message<?> amqp(FuzzedArrival arrival) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(FuzzedArrival.Protocol.AMQP.prefix + ID, textOrBinary(arrival.id()));
        arrival.headers().forEach((name, value) -> properties.put(name, ofAmqp(value)));
        org.apache.qpid.proton.message.Message sent = org.apache.qpid.proton.message.Message.Factory.create();
        sent.setContentType(arrival.contentType());
        sent.setApplicationProperties(new ApplicationProperties(properties));
        if (arrival.data() != null) {
            sent.setBody(new Data(new Binary(arrival.data())));
        }
        byte[] wire = new byte[LARGEST];
        int length = sent.encode(wire, 0, wire.length);
        org.apache.qpid.proton.message.Message read = org.apache.qpid.proton.message.Message.Factory.create();
        read.decode(wire, 0, length);
        return new AmqpMessage<>(new AmqpMessageImpl(read), null, null, false, false);
    }

    private static Object textOrBinary(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new Binary(bytes);
        }
    }

    /** Some of the types that only AMQP has. */
    private static @Nullable Object ofAmqp(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length % 2 == 0 ? new Binary(bytes) : new Object[] {Symbol.valueOf("a" + bytes.length)};
        }
        if (value instanceof Long number) {
            return UnsignedLong.valueOf(number);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((name, each) -> converted.put(Symbol.valueOf(String.valueOf(name)), ofAmqp(each)));
            return converted;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(WireMessages::ofAmqp).toList();
        }
        return value instanceof BigDecimal number ? number.floatValue() : value;
    }

    /** As {@code smallrye-kafka} has it. */
    private record Received(ConsumerRecord<?, ?> received, Metadata metadata) implements Message<Object> {

        @Override
        @SuppressWarnings("NullAway") // a tombstone has none
        public Object getPayload() {
            return received.value();
        }

        @SuppressWarnings("unused")
        public Metadata getMetadata() {
            return metadata;
        }
    }

    private record FromRabbitMq(BasicProperties properties, Buffer body) implements RabbitMQMessage {

        @Override
        public String consumerTag() {
            return "tag";
        }

        @Override
        public Envelope envelope() {
            return new Envelope(1, false, "exchange", "orders");
        }

        @Override
        @SuppressWarnings("NullAway") // as for all that is not asked for
        public Integer messageCount() {
            return null;
        }
    }
}
