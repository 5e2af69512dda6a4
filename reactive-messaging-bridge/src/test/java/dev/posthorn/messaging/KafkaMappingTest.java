package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.posthorn.spi.EventEnvelope;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class KafkaMappingTest {

    private final EventEnvelope event = Events.event("orders", "placed", "42", "{\"id\":42}");

    @Test
    void theCloudEventsSdkReadsWhatIsSent() {
        CloudEvent read = decoded(event);

        assertEquals(SpecVersion.V1, read.getSpecVersion());
        assertEquals(event.id().toString(), read.getId());
        assertEquals("OrderPlaced", read.getType());
        assertEquals(URI.create("/shop"), read.getSource());
        assertEquals(Events.FIRED, read.getTime().toInstant());
        assertEquals("application/json", read.getDataContentType());
        assertEquals("42", read.getExtension("partitionkey"));
        assertArrayEquals(event.data(), read.getData().toBytes());
    }

    @Test
    void topicAndKeyAreThoseOfTheEvent() {
        ProducerRecord<String, byte[]> sent = KafkaRecordMessages.record(event);

        assertEquals("placed", sent.topic());
        assertEquals("42", sent.key());
        assertNull(sent.partition(), "the partition is the producer's choice");
    }

    @Test
    void headersKeepTheirNamesAndAllHeadersOccurOnce() {
        Header[] headers = KafkaRecordMessages.record(event).headers().toArray();

        assertEquals(
                List.of(
                        "ce_specversion",
                        "ce_id",
                        "ce_type",
                        "ce_source",
                        "ce_time",
                        "content-type",
                        "ce_partitionkey",
                        "tenant"),
                Arrays.stream(headers).map(Header::key).toList());
        assertEquals("acmé", new String(headers[7].value(), UTF_8));
    }

    @Test
    void anEventWithoutKeyHasNoPartitionKey() {
        EventEnvelope keyless = Events.event("orders", "placed", null, "{}");

        assertNull(KafkaRecordMessages.record(keyless).key());
        assertNull(decoded(keyless).getExtension("partitionkey"));
    }

    @Test
    void aReplayedEventSaysInAnAttributeWhichOneItRepeats() {
        EventEnvelope replayed = new EventEnvelope(
                event.id(),
                event.type(),
                event.source(),
                event.time(),
                event.channel(),
                event.topic(),
                event.key(),
                event.ordered(),
                event.whenDead(),
                event.contentType(),
                Map.of("tenant", "a", EventEnvelope.REPLAY_OF, "the-first"),
                event.data());

        assertEquals("the-first", decoded(replayed).getExtension("posthornreplayof"));
        assertNull(KafkaRecordMessages.record(replayed).headers().lastHeader(EventEnvelope.REPLAY_OF), "only once");
        assertNull(decoded(event).getExtension("posthornreplayof"));
    }

    private static CloudEvent decoded(EventEnvelope event) {
        ProducerRecord<String, byte[]> sent = KafkaRecordMessages.record(event);
        ConsumerRecord<String, byte[]> received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        return KafkaMessageFactory.createReader(received).toEvent();
    }
}
