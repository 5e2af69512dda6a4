package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.IncomingMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** No header of an event says who it is, be it one of a row that was written by hand. */
class AttributeForgeryTest {

    private static final UUID ID = UUID.randomUUID();

    @Test
    void onAmqpAndRabbitMqTheAttributesAreTheEvents() {
        EventEnvelope event = with(
                "cloudEvents_id",
                "cloudEvents:id",
                "CLOUDEVENTS_ID",
                "CloudEvents:Source",
                "cloudEvents_partitionkey",
                "cloudevents_subject");
        MessageParts parts = new MessageParts("any", AmqpProperties.PREFIXES);
        AmqpProperties.of(event).forEach(parts::header);

        assertAttributes(parts.message(event.data()));
    }

    @Test
    void onKafkaTheAttributesAreTheEvents() {
        EventEnvelope event =
                with("ce_id", "CE_ID", "Ce_source", "ce_partitionkey", "ce_subject", "Content-Type", "content-type");
        MessageParts parts = new MessageParts("any", "ce_");
        for (Header header : KafkaHeaders.of(event)) {
            parts.header(header.key(), header.value());
        }

        IncomingMessage message = parts.message(event.data());
        assertAttributes(message);
        assertEquals("application/json", message.contentType());
    }

    private static void assertAttributes(IncomingMessage message) {
        assertEquals(
                Map.of(
                        "specversion", "1.0",
                        "id", ID.toString(),
                        "type", "OrderPlaced",
                        "source", "/shop",
                        "time", Events.FIRED.toString()),
                message.attributes());
        assertEquals(Map.of("tenant", "a"), message.headers());
    }

    private static EventEnvelope with(String... names) {
        Map<String, String> headers = new HashMap<>(Map.of("tenant", "a"));
        Arrays.stream(names).forEach(name -> headers.put(name, "forged"));
        return new EventEnvelope(
                ID,
                "OrderPlaced",
                "/shop",
                Events.FIRED,
                "orders",
                "placed",
                null,
                true,
                WhenDead.BLOCK,
                "application/json",
                headers,
                "{}".getBytes(UTF_8));
    }
}
