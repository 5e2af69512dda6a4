package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.posthorn.messaging.FuzzedArrival.Protocol;
import dev.posthorn.spi.IncomingMessage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of types that are rarely sent are read as what they are, on each protocol. */
class WireTextTest {

    private final MessageReaders readers = MessageReaders.ofVisibleLibraries();

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void idsThatAreNotUtf8StayApart(Protocol protocol) throws Exception {
        assertNotEquals(id(protocol, "caf\u00e9".getBytes(ISO_8859_1)), id(protocol, "caf\u00e8".getBytes(ISO_8859_1)));
        assertEquals("caf\u00e9", id(protocol, "caf\u00e9".getBytes(UTF_8)));
    }

    private @Nullable String id(Protocol protocol, byte[] id) throws Exception {
        return read(protocol, id, Map.of()).attributes().get("id");
    }

    @Test
    void bytesInsideOfOthersAreTheSameTextEachTime() throws Exception {
        for (Protocol protocol : List.of(Protocol.RABBITMQ, Protocol.AMQP)) {
            Map<String, Object> headers = Map.of("odd", List.of(new byte[] {65}, Map.of("a", new byte[] {65, 66})));
            String text = read(protocol, new byte[] {65}, headers).headers().get("odd");
            assertEquals(
                    text, read(protocol, new byte[] {65}, headers).headers().get("odd"));
            assertFalse(String.valueOf(text).contains("@"), text);
        }
        assertEquals("[A, {a=AB}, [1, 2], null]", WireText.distinct(new Object[] {
            new byte[] {65}, Map.of("a", new byte[] {65, 66}), new int[] {1, 2}, null
        }));
    }

    @Test
    void timesAreWrittenAsCloudEventsHasThem() throws Exception {
        Instant time = Instant.parse("2026-03-04T05:06:07Z");
        for (Protocol protocol : List.of(Protocol.RABBITMQ, Protocol.AMQP)) {
            Map<String, Object> headers = Map.of(protocol.prefix + "time", Date.from(time));
            assertEquals(
                    time.toString(),
                    read(protocol, new byte[] {65}, headers).attributes().get("time"));
        }
    }

    @Test
    void whatIsNestedWithoutEndIsCutOff() {
        Object nested = "inside";
        for (int i = 0; i < 100_000; i++) {
            nested = new HashMap<>(Map.of("a", nested));
        }
        assertEquals("{a=".repeat(20) + "{...=...}" + "}".repeat(20), WireText.of(nested));
    }

    @Test
    void bytesOfAnyClassAreBytes() {
        byte[] bytes = "größe".getBytes(UTF_8);
        for (Object content : List.of(bytes, ByteBuffer.wrap(bytes), Bytes.wrap(bytes))) {
            IncomingMessage message =
                    readers.read("orders", Message.of(new ConsumerRecord<>("topic", 3, 7, content, content)));
            assertEquals("größe", message.key());
            assertArrayEquals(bytes, message.data());
        }
    }

    private IncomingMessage read(Protocol protocol, byte[] id, Map<String, Object> headers) throws Exception {
        return readers.read(
                "orders",
                WireMessages.of(new FuzzedArrival(0, protocol, true, id, headers, "application/json", null, null)));
    }
}
