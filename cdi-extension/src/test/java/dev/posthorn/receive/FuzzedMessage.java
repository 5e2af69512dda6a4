package dev.posthorn.receive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.posthorn.serialize.JsonbEventSerializer;
import dev.posthorn.spi.IncomingMessage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A message that follows from a seed: an event as somebody may send it, or what is left of one after some damage. */
final class FuzzedMessage {

    /** An event that says something of each kind. */
    public record Sample(
            @Nullable String text,
            int count,
            long amount,
            double ratio,
            @Nullable BigDecimal price,
            @Nullable BigInteger big,
            boolean paid,
            @Nullable List<Integer> parts,
            @Nullable Map<String, String> labels,
            @Nullable Sample inner) {}

    private static final List<Charset> CHARSETS =
            List.of(UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, Charset.forName("UTF-32"));
    private static final List<String> STRINGS =
            List.of("", "a", "äöü", "😀", "\"", "\\", "{}[],:", "\n\t", "null", "1e9", "x".repeat(300), "\u2028\u0085");
    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json;charset=utf-16",
            "application/json; charset=",
            "application/json;charset=x",
            "text/plain",
            ";;;",
            "");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1.0",
            "1e3",
            "1.9",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967297",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "0.1",
            "1e308",
            "1e309",
            "-1e400",
            "1e-400",
            "5e-324",
            "01",
            "1.",
            "\"5\"",
            "true",
            "null",
            "9".repeat(400),
            "0." + "1".repeat(600),
            "1e999999999");
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "null",
            "true",
            "0",
            "-",
            ".",
            "e",
            "1e400",
            "1e-400",
            "1e999999999",
            "4294967297",
            "9223372036854775808",
            "1.9",
            "{\"count\":",
            "\"inner\":",
            "\"parts\":[",
            "\uFEFF",
            "\u0000",
            "\"specversion\":\"1.0\",",
            "\"id\":\"forged\",",
            "\"data\":",
            "\"data_base64\":\"",
            "/*",
            "NaN");

    private final Random random;
    final Sample sample;
    final boolean isDamaged;
    final IncomingMessage message;

    FuzzedMessage(long seed, JsonbEventSerializer serializer) {
        random = new Random(seed);
        sample = sample(3);
        String data = new String(serializer.serialize(sample), UTF_8);
        IncomingMessage valid = random.nextBoolean() ? binary(data) : structured(data);
        isDamaged = random.nextInt(4) != 0;
        message = isDamaged ? damaged(valid) : valid;
    }

    private Sample sample(int depth) {
        return new Sample(
                maybe(text()),
                random.nextInt(),
                random.nextLong(),
                random.nextInt() * Math.pow(10, random.nextInt(580) - 300),
                maybe(new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(30) - 5)),
                maybe(new BigInteger(random.nextInt(900), random)),
                random.nextBoolean(),
                maybe(random.ints(random.nextInt(5)).boxed().toList()),
                maybe(Map.of(text(), text())),
                depth == 0 ? null : maybe(sample(depth - 1)));
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    private String text() {
        return pick(STRINGS) + random.nextInt(1000) + pick(STRINGS);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private IncomingMessage binary(String data) {
        Charset charset = pick(CHARSETS);
        String contentType = charset == UTF_8 ? maybe("application/json") : "application/json;charset=" + charset;
        return message(attributes(), contentType, data.getBytes(charset));
    }

    private IncomingMessage structured(String data) {
        StringBuilder document = new StringBuilder("{");
        attributes().forEach((name, value) -> document.append("\"%s\":\"%s\",".formatted(name, value)));
        return message(
                Map.of(),
                "application/cloudevents+json",
                document.append("\"data\":" + data + "}").toString().getBytes(UTF_8));
    }

    private Map<String, String> attributes() {
        return Map.of("specversion", "1.0", "id", "the id", "source", "/fuzz", "type", "Sample");
    }

    private IncomingMessage message(Map<String, String> attributes, @Nullable String contentType, byte[] data) {
        return new IncomingMessage(
                "any", attributes, Map.of(text(), text()), contentType, maybe(text()), "topic-0-1", data);
    }

    private IncomingMessage damaged(IncomingMessage valid) {
        Map<String, String> attributes = new HashMap<>(valid.attributes());
        String contentType = valid.contentType();
        byte[] data = valid.data();
        for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
            switch (random.nextInt(10)) {
                case 0 -> contentType = maybe(pick(CONTENT_TYPES));
                case 1 ->
                    attributes.put(
                            pick(List.of("id", "source", "type", "time", "specversion", "partitionkey", "x")), text());
                case 2 -> attributes.remove(pick(List.of("id", "source", "type", "specversion")));
                default -> data = damaged(data);
            }
        }
        return message(attributes, contentType, data);
    }

    /** Half of the damages leave a document, if it is not too deep. */
    private byte[] damaged(byte[] data) {
        return switch (random.nextInt(10)) {
            case 0 -> wrapped(data);
            case 1, 2 -> renumbered(data);
            case 3, 4 -> garbled(data);
            default -> broken(data);
        };
    }

    private byte[] wrapped(byte[] data) {
        int times = 1 << random.nextInt(10);
        return ("{\"inner\":".repeat(times) + new String(data, ISO_8859_1) + "}".repeat(times)).getBytes(ISO_8859_1);
    }

    private byte[] renumbered(byte[] data) {
        String name = pick(List.of("count", "amount", "ratio", "price", "big"));
        return new String(data, ISO_8859_1)
                .replaceFirst("\"" + name + "\":[^,}]*", "\"" + name + "\":" + pick(NUMBERS))
                .getBytes(ISO_8859_1);
    }

    /** Bytes that are no characters, in the place of some that are. */
    private byte[] garbled(byte[] data) {
        byte[] garbled = data.clone();
        for (int i = random.nextInt(data.length + 1); i < data.length; i += 1 + random.nextInt(data.length)) {
            garbled[i] = data[i] < 0 || Character.isLetter(data[i]) ? (byte) (random.nextInt() | 0x80) : data[i];
        }
        return garbled;
    }

    private byte[] broken(byte[] data) {
        int at = random.nextInt(data.length + 1);
        int end = at + random.nextInt(data.length - at + 1);
        return switch (random.nextInt(6)) {
            case 0 -> spliced(data, at, new byte[0], end);
            case 1 -> spliced(data, end, Arrays.copyOfRange(data, at, end), end);
            case 2 -> Arrays.copyOf(data, at);
            case 3 -> spliced(data, at, new byte[] {(byte) random.nextInt()}, at + random.nextInt(2));
            case 4 -> spliced(data, at, pick(TOKENS).getBytes(UTF_8), at);
            default ->
                spliced(data, at, pick(TOKENS).repeat(1 << random.nextInt(14)).getBytes(UTF_8), at);
        };
    }

    private static byte[] spliced(byte[] data, int begin, byte[] middle, int end) {
        ByteBuffer spliced = ByteBuffer.allocate(begin + middle.length + Math.max(0, data.length - end));
        spliced.put(data, 0, begin).put(middle);
        return end >= data.length
                ? spliced.array()
                : spliced.put(data, end, data.length - end).array();
    }
}
