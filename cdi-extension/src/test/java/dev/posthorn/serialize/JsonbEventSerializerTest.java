package dev.posthorn.serialize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.log.FailureText;
import dev.posthorn.receive.UnreadableMessageException;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data is read as what was sent, or not at all. */
class JsonbEventSerializerTest {

    public record Order(String id, @Nullable String text) {}

    public record Numbers(
            byte b,
            short s,
            int i,
            @Nullable Integer boxed,
            long l,
            double d,
            @Nullable BigInteger bi,
            @Nullable BigDecimal bd,
            @Nullable List<Integer> list,
            int @Nullable [] array,
            @Nullable Map<String, Long> map,
            @Nullable OptionalInt oi,
            @Nullable OptionalLong ol,
            @Nullable Optional<Integer> o) {}

    public record Formatted(
            @JsonbNumberFormat(value = "#,##0.00", locale = "en") BigDecimal price,
            @JsonbNumberFormat(value = "#,##0", locale = "en") int count) {}

    public record Nothing() {}

    public static class Bare {}

    public static class Counting extends Bare {
        public static int total;
        public @Nullable String text;
    }

    public static class Orders extends ArrayList<Order> {
        private static final long serialVersionUID = 1L;
    }

    @JsonbTypeAdapter(Adapter.class)
    public static class Adapted {
        public List<String> list = List.of();
    }

    public static class Adapter implements JsonbAdapter<Adapted, List<String>> {
        @Override
        public List<String> adaptToJson(Adapted adapted) {
            return adapted.list;
        }

        @Override
        public Adapted adaptFromJson(List<String> list) {
            Adapted adapted = new Adapted();
            adapted.list = list;
            return adapted;
        }
    }

    @JsonbTypeInfo(
            key = "kind",
            value = {
                @JsonbSubtype(alias = "circle", type = Circle.class),
                @JsonbSubtype(alias = "square", type = Square.class)
            })
    public interface Shape {}

    public static class Circle implements Shape {
        public int radius;
    }

    public static class Square implements Shape {
        public long side;
    }

    private final JsonbEventSerializer serializer = new JsonbEventSerializer();

    @AfterEach
    void close() {
        serializer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON ; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/vnd.shop+json",
                "text/json"
            })
    void jsonIsRead(String contentType) {
        assertEquals(new Order("ä", null), serializer.deserialize(utf8("{\"id\":\"ä\"}"), contentType, Order.class));
    }

    @Test
    void halfASurrogatePairArrivesAsItWasWritten() {
        Order sent = new Order("a\uD800b", "whole \uD83D\uDE00, half \uDC00");

        assertEquals(sent, serializer.deserialize(serializer.serialize(sent), "application/json", Order.class));
    }

    @Test
    void dataThatDoesNotSayWhatItIsIsJson() {
        assertEquals(new Order("ä", null), read("{\"id\":\"ä\"}", Order.class));
        assertEquals(new Order("ä", null), serializer.deserialize(utf8("{\"id\":\"ä\"}"), "", Order.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/plain",
                "application/octet-stream",
                "json",
                "application/jsonp",
                ";",
                "x"
            })
    void whatSaysThatItIsSomethingElseIsNotRead(String contentType) {
        assertRefused("EventSerializer", utf8("{\"id\":\"1\"}"), contentType, Order.class);
    }

    @Test
    void theCharsetIsThatOfTheContentType() {
        for (Charset charset : List.of(ISO_8859_1, UTF_16BE, UTF_8)) {
            byte[] data = "{\"id\":\"äöü\"}".getBytes(charset);
            assertEquals(
                    new Order("äöü", null),
                    serializer.deserialize(data, "application/json; charset=" + charset, Order.class));
        }
    }

    @Test
    void whatIsNotInItsCharsetIsNotRead() {
        byte[] latin = "{\"id\":\"äöü\"}".getBytes(ISO_8859_1);
        assertRefused("UTF-8", latin, "application/json", Order.class);
        assertRefused("UTF-8", latin, null, Order.class);
        assertRefused("US-ASCII", utf8("{\"id\":\"ä\"}"), "application/json; charset=us-ascii", Order.class);
        assertRefused("nonsense", utf8("{\"id\":\"ä\"}"), "application/json; charset=nonsense", Order.class);
        assertRefused("charset", utf8("{\"id\":\"ä\"}"), "application/json; charset=<>", Order.class);
    }

    @Test
    void aReplacementCharacterMayBeMeant() {
        assertEquals(new Order("\uFFFD", null), read("{\"id\":\"\uFFFD\"}", Order.class));
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertEquals(new Order("1", null), read("\uFEFF{\"id\":\"1\"}", Order.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\"}{\"id\":\"2\"}",
                "{\"id\":\"1\"} x",
                "{\"id\":\"1\"}}",
                "{\"id\":\"1\"}]",
                "{\"id\":\"1\"},",
                "{\"id\":\"1\"}\u0000",
                "{\"id\":\"1\"}\uFEFF",
                "{\"id\":\"1\"",
                "{\"id\":\"1",
                "{\"id\":\"1\\",
                "{id:1}",
                "{\"id\":1,}",
                "[]",
                "[{\"id\":\"1\"}]",
                "[{\"id\":\"1\"},{\"id\":\"2\"}]",
                "\"id\"",
                "1",
                " ",
                "nul",
                "null null",
                "{\"id\":tru}"
            })
    void whatIsNotOneDocumentIsNotRead(String data) {
        assertRefused("", utf8(data), null, Order.class);
    }

    /** Parsson skips an object of a property that nobody wants without end, if that has none. */
    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "{\"x\":{",
                "{\"x\":{\"a\":1",
                "{\"x\":[",
                "{\"x\":{\"a\":1]]",
                "{\"x\":[1}}",
                "{\"x\":{\"a\":[{\"b\":[}]}]}",
                "{\"x\":{\"a\":\"}}"
            })
    void whatIsPassedOverHasAnEnd(String data) {
        assertRefused("", utf8(data), null, Order.class);
    }

    /** JSON Binding passes over what nobody wants, with all mistakes in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":tru,,}",
                "{\"a\" 1}",
                "{\"a\":01}",
                "[1,,2]",
                "[\"\\x\"]",
                "{\"a\":\"\n\"}",
                "{\"a\":1e}",
                "{a:1}",
                "[NaN]"
            })
    void whatIsPassedOverIsJsonToo(String value) {
        byte[] data = utf8("{\"id\":\"1\",\"x\":" + value + "}");
        for (Class<?> type : List.of(Order.class, Nothing.class, Bare.class)) {
            assertThrows(UnreadableMessageException.class, () -> serializer.deserialize(data, null, type), value);
        }
    }

    @Test
    void whiteSpaceIsNoData() {
        assertEquals(new Order("1", "} ]"), read("\t\r\n {\"id\":\"1\",\"text\":\"} ]\"} \t\r\n", Order.class));
    }

    @Test
    void textIsReadAsItIs() {
        String text = "\\\"\\\\\\/\\u00e4{[}]\\n\\ud83d\\ude00😀 9999999999999999999999";
        assertEquals(
                new Order("1", "\"\\/ä{[}]\n😀😀 9999999999999999999999"),
                read("{\"id\":\"1\",\"text\":\"" + text + "\"}", Order.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "i|2147483647",
                "i|-2147483648",
                "i|1.0",
                "i|1e3",
                "i|10.0e-1",
                "i|-0",
                "boxed|7",
                "l|9223372036854775807",
                "l|-9223372036854775808",
                "l|1e18",
                "b|127",
                "s|-32768",
                "d|1.7976931348623157e308",
                "d|4.9e-324",
                "d|1e-400",
                "bi|99999999999999999999999999999",
                "bd|0.1",
                "bd|1e300",
                "bd|1.00000000000000000000000000000000000001",
                "list|[1,2147483647]",
                "array|[1,2]",
                "map|{\"a\":9223372036854775807}",
                "oi|5",
                "ol|5",
                "o|5",
                "o|null"
            })
    void numbersInTheRangeOfTheirTypesAreRead(String name, String value) {
        assertNotNull(read("{\"" + name + "\":" + value + "}", Numbers.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "i|2147483648",
                "i|-2147483649",
                "i|4294967297",
                "i|1.9",
                "i|1e10",
                "i|1e-1",
                "i|1e300",
                "boxed|4294967297",
                "boxed|1.5",
                "l|9223372036854775808",
                "l|-9223372036854775809",
                "l|1e19",
                "l|0.5",
                "b|128",
                "b|1.5",
                "s|32768",
                "s|1.5",
                "d|1e309",
                "d|-1e309",
                "d|1.8e308",
                "bi|1.5",
                "list|[1,4294967297]",
                "list|[1.5]",
                "array|[4294967297]",
                "array|[1.5]",
                "map|{\"a\":9223372036854775808}",
                "oi|4294967297",
                "ol|9223372036854775808",
                "o|4294967297",
                "o|1.5",
                "i|01",
                "i|+1",
                "i|.5",
                "i|1.",
                "i|0x10",
                "i|NaN",
                "i|1e",
                "d|Infinity",
                "i|--1"
            })
    void numbersOutOfTheRangeOfTheirTypesAreNot(String name, String value) {
        assertRefused("", utf8("{\"" + name + "\":" + value + "}"), null, Numbers.class);
    }

    @Test
    void arraysAreReadByClassesThatAreArrays() {
        assertEquals(List.of(1, 2), read("{\"list\":[1,2]}", Numbers.class).list());
        assertEquals(2, read("[{\"id\":\"1\"},{\"id\":\"2\"}]", Order[].class).length);
        assertEquals(2, read("[{\"id\":\"1\"},{\"id\":\"2\"}]", Orders.class).size());
        assertEquals(List.of("1", "2"), read("[\"1\",\"2\"]", Adapted.class).list);
    }

    @Test
    void aNumberOutOfRangeIsNamed() {
        assertRefused("4294967297", utf8("{\"i\":4294967297}"), null, Numbers.class);
        assertRefused("1.9", utf8("{\"i\":1.9}"), null, Numbers.class);
    }

    @Test
    void numbersAreWhatWasSent() {
        Numbers read = read(
                "{\"i\":-2147483648,\"l\":9223372036854775807,\"d\":0.1,\"bi\":123456789012345678901234567890,\"bd\":1.10}",
                Numbers.class);
        assertEquals(Integer.MIN_VALUE, read.i());
        assertEquals(Long.MAX_VALUE, read.l());
        assertEquals(0.1, read.d());
        assertEquals(new BigInteger("123456789012345678901234567890"), read.bi());
        assertEquals(new BigDecimal("1.10"), read.bd());
    }

    @Test
    void formatsOfTheClassAreItsOwn() {
        Formatted formatted = new Formatted(new BigDecimal("1234.50"), 1234);
        byte[] data = serializer.serialize(formatted);
        assertTrue(new String(data, UTF_8).contains("1,234.50"));
        assertEquals(
                0,
                formatted
                        .price()
                        .compareTo(serializer
                                .deserialize(data, null, Formatted.class)
                                .price()));
    }

    @Test
    void subtypesAreReadAndTheirNumbersCompared() {
        assertEquals(5, ((Circle) read("{\"kind\":\"circle\",\"radius\":5}", Shape.class)).radius);
        assertRefused("", utf8("{\"kind\":\"circle\",\"radius\":4294967297}"), null, Shape.class);
        assertRefused("", utf8("{\"kind\":\"square\",\"side\":1.5}"), null, Shape.class);
    }

    @Test
    void anEventWithoutDataIsReadByAClassWithoutAny() {
        byte[] none = {};
        assertEquals(new Nothing(), serializer.deserialize(none, null, Nothing.class));
        assertEquals(new Nothing(), serializer.deserialize(none, "application/xml", Nothing.class));
        assertEquals(new Nothing(), read("null", Nothing.class));
        assertEquals(new Nothing(), read("{}", Nothing.class));
        assertNotNull(serializer.deserialize(none, null, Bare.class));
    }

    @Test
    void anEventWithoutDataIsNoEventOfAClassThatHasSome() {
        assertRefused("no data", new byte[0], null, Order.class);
        assertRefused("no data", new byte[0], "application/json", Counting.class);
        assertRefused("no data", utf8("null"), null, Order.class);
    }

    private <T> T read(String data, Class<T> type) {
        return serializer.deserialize(utf8(data), null, type);
    }

    private void assertRefused(String word, byte[] data, @Nullable String contentType, Class<?> type) {
        RuntimeException e =
                assertThrows(RuntimeException.class, () -> serializer.deserialize(data, contentType, type));
        assertTrue(FailureText.of(e).contains(word), () -> FailureText.of(e));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
