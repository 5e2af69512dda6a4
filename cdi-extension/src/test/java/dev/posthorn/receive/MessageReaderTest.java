package dev.posthorn.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.IncomingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String STRUCTURED = "application/cloudevents+json";

    private final MessageReader reader =
            new MessageReader(channel -> channel.equals("plain") ? Optional.of("order.placed") : Optional.empty());

    private final Map<String, String> attributes =
            new HashMap<>(Map.of("specversion", "1.0", "id", "1", "source", "shop", "type", "order.placed"));

    @Nested
    class AttributesBesideTheData {

        @Test
        void areRead() {
            ReceivedEvent event = reader.read(binary());
            assertEquals("1", event.id());
            assertEquals("shop", event.source());
            assertEquals("order.placed", event.type());
            assertFalse(event.plain());
            assertEquals("application/json", event.contentType());
            assertEquals("{\"total\": 1}", text(event));
            assertNull(event.time());
            assertEquals("the broker's", event.key());
            assertEquals(Map.of("tenant", "a"), event.headers());
        }

        @ParameterizedTest
        @ValueSource(strings = {"specversion", "id", "source", "type"})
        void areRequired(String attribute) {
            attributes.put(attribute, "");
            assertUnreadable(attribute, binary());
            if (!attribute.equals("specversion")) {
                attributes.remove(attribute);
                assertUnreadable(attribute, binary());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.3", "2.0", "10"})
        void areThoseOfVersionOne(String version) {
            attributes.put("specversion", version);
            assertUnreadable(version, binary());
        }

        @Test
        void mayNameAKeyOfTheirOwn() {
            attributes.put("partitionkey", "the event's");
            assertEquals("the event's", reader.read(binary()).key());
            attributes.put("partitionkey", "");
            assertNull(reader.read(binary()).key());
        }

        @ParameterizedTest
        @CsvSource({
            "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456789Z",
            "2026-01-02T03:04:05+02:00, 2026-01-02T01:04:05Z",
            "2026-01-02T03:04:05-23:59, 2026-01-03T03:03:05Z",
            "2026-01-02T03:04:05+18:01, 2026-01-01T09:03:05Z",
            "2026-01-02T03:04:05-00:00, 2026-01-02T03:04:05Z",
            "2026-01-02t03:04:05.1z, 2026-01-02T03:04:05.1Z",
            "2026-01-02 03:04:05Z, 2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.1234567899999999999999999999Z, 2026-01-02T03:04:05.123456789Z",
            "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
            "2016-12-31T23:59:60.5Z, 2016-12-31T23:59:59.5Z",
            "2017-01-01T00:59:60+01:00, 2016-12-31T23:59:59Z",
            "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59-23:59, +10000-01-01T23:58:59Z"
        })
        void haveTimesWithZones(String time, Instant expected) {
            attributes.put("time", time);
            assertEquals(expected, reader.read(binary()).time());
        }

        /** The time is optional, so the event is handled without it. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "yesterday",
                    "",
                    "2026-01-02T03:04:05",
                    "2026-01-02",
                    "2026-02-30T03:04:05Z",
                    "2026-01-02T24:00:01Z",
                    "2026-01-02T03:04:61Z",
                    "2026-01-02T03:04:05+24:00",
                    "2026-01-02T03:04Z",
                    "+999999999-12-31T23:59:59Z",
                    "10000-01-01T00:00:00Z",
                    "2026-01-02T03:04:05.Z",
                    "٢٠٢٦-01-02T03:04:05Z"
                })
        void haveNoOtherTimes(String time) {
            attributes.put("time", time);
            assertNull(reader.read(binary()).time());
        }

        @Test
        void ofExtensionsAreHeaders() {
            attributes.put("traceparent", "00-a-b-01");
            attributes.put("subject", "order 1");
            assertEquals(
                    Map.of("tenant", "a", "traceparent", "00-a-b-01", "subject", "order 1"),
                    reader.read(binary()).headers());
        }
    }

    @Nested
    class OneDocument {

        @Test
        void isReadWithItsData() {
            ReceivedEvent event = structured(
                    """
                    {"specversion": "1.0", "id": "1", "source": "shop", "type": "order.placed",
                     "time": "2026-01-02T03:04:05Z", "partitionkey": "k", "traceparent": "00-a-b-01", "count": 7, "test": true,
                     "data": {"total": 1.10, "text": "ä"}}""");
            assertEquals("1", event.id());
            assertEquals("shop", event.source());
            assertEquals("order.placed", event.type());
            assertEquals(Instant.parse("2026-01-02T03:04:05Z"), event.time());
            assertEquals("k", event.key());
            assertEquals("application/json", event.contentType());
            assertEquals("{\"total\":1.10,\"text\":\"ä\"}", text(event));
            assertEquals(
                    Map.of("tenant", "a", "traceparent", "00-a-b-01", "count", "7", "test", "true"), event.headers());
            assertFalse(event.plain());
        }

        @Test
        void hasTheBrokersKeyIfItNamesNone() {
            assertEquals("the broker's", structured(document("")).key());
        }

        @Test
        void mayHaveBinaryData() {
            ReceivedEvent event =
                    structured(document(", \"datacontenttype\": \"image/png\", \"data_base64\": \"AAH/\""));
            assertArrayEquals(new byte[] {0, 1, -1}, event.data());
            assertEquals("image/png", event.contentType());
        }

        @Test
        void mayHaveTextInPlaceOfJson() {
            assertEquals(
                    "<a/>",
                    text(structured(document(", \"datacontenttype\": \"application/xml\", \"data\": \"<a/>\""))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"application/json", "application/json; charset=utf-8", "text/json", "application/hal+json"})
        void mayHaveJsonThatIsAString(String contentType) {
            assertEquals(
                    "\"text\"",
                    text(structured(document(", \"datacontenttype\": \"" + contentType + "\", \"data\": \"text\""))));
        }

        @Test
        void mayHaveJsonThatIsNull() {
            assertEquals("null", text(structured(document(", \"data\": null"))));
        }

        @Test
        void hasItsDataAsItWasSent() {
            String half = "{\"text\":\"\\ud800 😀\"}";
            assertEquals(half, text(structured(document(", \"data\": " + half))));
            assertEquals("{\"n\":1.10}", text(structured(document(", \"data\": {\"n\":1.10}"))));
        }

        @Test
        void hasItsTextInUtf8WhateverTheContentTypeSays() {
            ReceivedEvent event = structured(
                    document(", \"datacontenttype\": \"application/xml; charset=iso-8859-1\", \"data\": \"<ä/>\""));
            assertEquals("<ä/>", text(event));
            assertEquals("application/xml;charset=utf-8", event.contentType());
            assertEquals(
                    "application/json;charset=utf-8",
                    structured(document(", \"datacontenttype\": \"application/json; charset=utf-16\", \"data\": 1"))
                            .contentType());
        }

        @Test
        void isReadInTheCharsetOfTheMessage() {
            byte[] latin = document(", \"data\": \"ä\"").getBytes(StandardCharsets.ISO_8859_1);
            assertEquals("\"ä\"", text(reader.read(ofBytes(STRUCTURED + ";charset=iso-8859-1", latin))));
            assertUnreadable("UTF-8", ofBytes(STRUCTURED, latin));
        }

        @Test
        void mayHaveNoData() {
            assertEquals(0, structured(document("")).data().length);
        }

        @Test
        void isRecognizedWhateverTheLettersAndParameters() {
            assertEquals(
                    "1",
                    reader.read(message("any", "Application/CloudEvents+JSON; charset=UTF-8", document("")))
                            .id());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "text",
                    "{}",
                    "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"a\", \"type\": \"b\"} {}",
                    "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"a\", \"type\": \"b\"",
                    "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"a\", \"type\": \"b\", \"data\": 1e1000}",
                    "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"a\", \"type\": \"b\", \"datacontenttype\": \"text/plain\", \"data\": \"\\udfff\"}",
                    "{\"specversion\": \"1.0\", \"id\": null, \"source\": \"a\", \"type\": \"b\"}",
                    "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"a\", \"type\": \"b\", \"data_base64\": \"?\"}"
                })
        void thatIsNoneIsUnreadable(String document) {
            assertThrows(UnreadableMessageException.class, () -> structured(document));
        }

        @Test
        void isUnreadableIfItIsTooDeep() {
            String deep = "[".repeat(200_000) + "]".repeat(200_000);
            assertThrows(UnreadableMessageException.class, () -> structured(document(", \"data\": " + deep)));
        }

        @Test
        void isNoBatch() {
            assertUnreadable("batch", message("any", "application/cloudevents-batch+json", "[]"));
        }

        private ReceivedEvent structured(String document) {
            return reader.read(message("any", STRUCTURED, document));
        }

        private String document(String more) {
            return "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"shop\", \"type\": \"order.placed\"" + more
                    + "}";
        }
    }

    @Nested
    class PlainData {

        @Test
        void isOfTheChannelsTypeAndToldByItsPosition() {
            ReceivedEvent event = reader.read(message("plain", "application/json", "{}"));
            assertEquals("order.placed", event.type());
            assertEquals("topic-0-17", event.id());
            assertEquals("channel:plain", event.source());
            assertEquals("the broker's", event.key());
            assertEquals("{}", text(event));
            assertEquals(Map.of("tenant", "a"), event.headers());
            assertTrue(event.plain());
        }

        @Test
        void withoutAPositionIsToldFromAllOthers() {
            ReceivedEvent event = reader.read(unplaced());
            assertTrue(event.plain());
            assertNotEquals(event.id(), reader.read(unplaced()).id());
        }

        @Test
        void mayComeWithoutAContentType() {
            assertEquals(
                    "order.placed", reader.read(message("plain", null, "{}")).type());
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain; charset=utf-8", "application/octet-stream"})
        void isNotOfATypeThatItsConnectorGivesToEverything(String contentType) {
            assertNull(reader.read(message("plain", contentType, "{}")).contentType());
        }

        @Test
        void keepsATypeOfItsOwn() {
            assertEquals(
                    "application/xml",
                    reader.read(message("plain", "application/xml", "<a/>")).contentType());
        }

        @Test
        void isUnreadableWhereTheChannelHasNoType() {
            assertUnreadable("posthorn.channel.any.inbox.type", message("any", "application/json", "{}"));
            assertUnreadable("not given", message("any", null, "{}"));
        }

        private IncomingMessage unplaced() {
            return new IncomingMessage("plain", Map.of(), Map.of(), null, null, null, new byte[0]);
        }
    }

    private void assertUnreadable(String word, IncomingMessage message) {
        UnreadableMessageException e = assertThrows(UnreadableMessageException.class, () -> reader.read(message));
        assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
    }

    private IncomingMessage binary() {
        return new IncomingMessage(
                "any",
                attributes,
                Map.of("tenant", "a"),
                "application/json",
                "the broker's",
                "topic-0-17",
                bytes("{\"total\": 1}"));
    }

    private static IncomingMessage message(String channel, @Nullable String contentType, String data) {
        return new IncomingMessage(
                channel, Map.of(), Map.of("tenant", "a"), contentType, "the broker's", "topic-0-17", bytes(data));
    }

    private static IncomingMessage ofBytes(String contentType, byte[] data) {
        return new IncomingMessage("any", Map.of(), Map.of(), contentType, null, null, data);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ReceivedEvent event) {
        return new String(event.data(), StandardCharsets.UTF_8);
    }
}
