package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Envelope;
import dev.posthorn.spi.IncomingMessage;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageReadersTest {

    private final MessageReaders readers = MessageReaders.ofVisibleLibraries();

    @Test
    void libertysMessagesAreAroundARecord() {
        IncomingMessage message = readers.read("orders", new AroundARecord(record("{}".getBytes(UTF_8))));

        assertKafka(message);
        assertEquals("{}", text(message));
    }

    @Test
    void aWholeRecordAsThePayloadIsReadToo() {
        assertKafka(readers.read("orders", new PayloadMessage(record("{}".getBytes(UTF_8)))));
    }

    @Test
    void smallRyesMessagesAreReadFromTheRecordAndNotFromThePayload() {
        var metadata = new IncomingKafkaRecordMetadata<>(record("{\"data\":1}"), "orders");

        IncomingMessage message = readers.read("orders", new WithMetadata(1, metadata));

        assertKafka(message);
        assertEquals("{\"data\":1}", text(message));
    }

    @Test
    void aStructuredEventThatSmallRyeHasParsedIsWrittenAgain() {
        var metadata = new IncomingKafkaRecordMetadata<>(record(new JsonObject("{\"data\":1}")), "orders");

        assertEquals("{\"data\":1}", text(readers.read("orders", new WithMetadata(1, metadata))));
    }

    @Test
    void rabbitMqsHeadersAreReadWithTheAttributesAmongThem() throws Exception {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .headers(Map.of("cloudEvents:id", "1", "cloudEvents_source", "/s", "tenant", "t", "count", 3))
                .build();
        var constructor = IncomingRabbitMQMetadata.class.getDeclaredConstructor(BasicProperties.class, Envelope.class);
        constructor.setAccessible(true);
        Object metadata = constructor.newInstance(properties, new Envelope(1, false, "exchange", "key"));

        IncomingMessage message = readers.read("orders", new WithMetadata(new JsonObject("{\"a\":1}"), metadata));

        assertEquals(Map.of("id", "1", "source", "/s"), message.attributes());
        assertEquals(Map.of("tenant", "t", "count", "3"), message.headers());
        assertEquals("application/json", message.contentType());
        assertEquals("{\"a\":1}", text(message));
        assertNull(message.key());
        assertNull(message.position());
    }

    @Test
    void amqpsApplicationPropertiesAreReadWithTheAttributesAmongThem() {
        AmqpMessage received = AmqpMessage.create()
                .applicationProperties(JsonObject.of("cloudEvents:id", "1", "cloudEvents_source", "/s", "tenant", "t"))
                .contentType("application/json")
                .build();

        IncomingMessage message = readers.read("orders", new WithMetadata("{}", new IncomingAmqpMetadata(received)));

        assertEquals(Map.of("id", "1", "source", "/s"), message.attributes());
        assertEquals(Map.of("tenant", "t"), message.headers());
        assertEquals("application/json", message.contentType());
        assertEquals("{}", text(message));
    }

    @Test
    void idsSourcesAndKeysThatAreNotUtf8StayApart() {
        List<IncomingMessage> messages = Stream.of("caf\u00e9", "caf\u00e8", "caf")
                .map(name -> readers.read("orders", new AroundARecord(named(name.getBytes(ISO_8859_1)))))
                .toList();

        assertEquals(3, distinct(messages, message -> message.attributes().get("id")));
        assertEquals(3, distinct(messages, message -> message.attributes().get("source")));
        assertEquals(3, distinct(messages, IncomingMessage::key));
        assertEquals("caf", messages.get(2).attributes().get("id"));
        assertTrue(String.valueOf(messages.get(0).key()).startsWith("caf\uFFFD~"), messages.get(0)::key);
    }

    private static long distinct(List<IncomingMessage> messages, Function<IncomingMessage, @Nullable String> name) {
        return messages.stream().map(name).distinct().count();
    }

    private static ConsumerRecord<byte[], String> named(byte[] name) {
        ConsumerRecord<byte[], String> record = new ConsumerRecord<>("topic", 3, 7, name, "{}");
        record.headers().add("ce_id", name).add("ce_source", name);
        return record;
    }

    @Test
    void anAmqpMessageWithoutPropertiesIsRead() {
        AmqpMessage received = AmqpMessage.create().withBody("{}").build();

        IncomingMessage message = readers.read("orders", new WithMetadata("{}", new IncomingAmqpMetadata(received)));

        assertEquals(Map.of(), message.attributes());
        assertNull(message.contentType());
    }

    @Test
    void otherMessagesAreTheirPayload() {
        assertEquals("bytes", text(payload("bytes".getBytes(UTF_8))));
        assertEquals("größe", text(payload("größe")));
        assertEquals("{\"a\":1}", text(payload(new JsonObject().put("a", 1))));
        assertEquals("", text(payload(null)));
        assertNull(payload("text").position());
    }

    private IncomingMessage payload(@Nullable Object payload) {
        return readers.read("orders", new PayloadMessage(payload));
    }

    private static void assertKafka(IncomingMessage message) {
        assertEquals("orders", message.channel());
        assertEquals(Map.of("id", "1", "extension", "x"), message.attributes());
        assertEquals(Map.of("tenant", "t"), message.headers());
        assertEquals("application/json", message.contentType());
        assertEquals("42", message.key());
        assertEquals("topic-3@7", message.position());
    }

    /** Its key is bytes, as that of a producer of any language. */
    private static <V> ConsumerRecord<byte[], V> record(V value) {
        ConsumerRecord<byte[], V> record = new ConsumerRecord<>("topic", 3, 7, "42".getBytes(UTF_8), value);
        record.headers()
                .add("ce_id", "1".getBytes(UTF_8))
                .add("CE_Extension", "x".getBytes(UTF_8))
                .add("Content-Type", "application/json".getBytes(UTF_8))
                .add("tenant", "t".getBytes(UTF_8))
                .add("nothing", null);
        return record;
    }

    private static String text(IncomingMessage message) {
        return new String(message.data(), UTF_8);
    }

    private static class PayloadMessage implements Message<Object> {

        private final @Nullable Object payload;

        PayloadMessage(@Nullable Object payload) {
            this.payload = payload;
        }

        @Override
        @SuppressWarnings("NullAway") // a tombstone has none
        public Object getPayload() {
            return payload;
        }
    }

    private static final class AroundARecord extends PayloadMessage {

        private final ConsumerRecord<?, ?> record;

        AroundARecord(ConsumerRecord<?, ?> record) {
            super(record.value());
            this.record = record;
        }

        @Override
        public <C> C unwrap(Class<C> type) {
            return type.isInstance(record) ? type.cast(record) : super.unwrap(type);
        }
    }

    private static final class WithMetadata extends PayloadMessage {

        private final Metadata metadata;

        WithMetadata(Object payload, Object metadata) {
            super(payload);
            this.metadata = Metadata.of(metadata);
        }

        @SuppressWarnings({"unused", "EffectivelyPrivate"})
        public Metadata getMetadata() {
            return metadata;
        }
    }
}
