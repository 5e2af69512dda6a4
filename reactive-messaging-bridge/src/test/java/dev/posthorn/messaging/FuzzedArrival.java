package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may be on the wire, following from a seed: the attributes of an event, its other headers, key and data, and some damage to them.
 *
 * @param id as bytes, which need be no text
 * @param headers with values of all types that a protocol may have; lists of values are of headers that are there more than once
 */
record FuzzedArrival(
        long seed,
        Protocol protocol,
        boolean isDamaged,
        byte[] id,
        Map<String, Object> headers,
        String contentType,
        byte @Nullable [] key,
        byte @Nullable [] data) {

    enum Protocol {
        KAFKA("ce_"),
        RABBITMQ("cloudEvents_"),
        AMQP("cloudEvents:");

        final String prefix;

        Protocol(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Of the attributes beside the id, and of headers. */
    static final Map<String, String> SENT =
            new TreeMap<>(Map.of("specversion", "1.0", "source", "/fuzz", "type", "Sample", "tenant", "größe 😀"));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "äöü",
            "😀",
            "\0",
            "\n",
            "\uFEFF",
            "\uFFFD",
            "\u202E",
            "null",
            "x".repeat(70_000),
            "İ",
            "ce_id");
    private static final List<String> NAMES = List.of(
            "ID",
            "Id",
            "iD",
            "source",
            "type",
            "time",
            "partitionkey",
            "specversion",
            "datacontenttype",
            "x",
            "",
            " ",
            "\0",
            "İ");

    static FuzzedArrival of(long seed) {
        return new Maker(seed).arrival();
    }

    /** The same with one bit of its id another one. */
    FuzzedArrival withOtherId() {
        byte[] other = id.clone();
        other[other.length - 1] ^= 1;
        return new FuzzedArrival(seed, protocol, isDamaged, other, headers, contentType, key, data);
    }

    @Override
    public String toString() {
        return protocol + " id " + new String(id, ISO_8859_1) + " " + headers.keySet() + " " + contentType;
    }

    /** Makes one. */
    private static final class Maker {

        private final long seed;
        private final Random random;
        private final Protocol protocol;
        private final Map<String, Object> headers = new LinkedHashMap<>();

        Maker(long seed) {
            this.seed = seed;
            random = new Random(seed);
            protocol = pick(List.of(Protocol.values()));
        }

        FuzzedArrival arrival() {
            boolean isDamaged = random.nextInt(4) != 0;
            SENT.forEach((name, value) -> headers.put(name.equals("tenant") ? name : protocol.prefix + name, value));
            for (int i = isDamaged ? 1 + random.nextInt(5) : 0; i > 0; i--) {
                damage();
            }
            return new FuzzedArrival(
                    seed,
                    protocol,
                    isDamaged,
                    isDamaged && random.nextBoolean() ? bytes(1 + random.nextInt(40)) : text().getBytes(UTF_8),
                    headers,
                    pick(List.of("application/json", "application/cloudevents+json", "x/y; charset=z")),
                    random.nextInt(3) == 0 ? null : isDamaged ? bytes(random.nextInt(20)) : text().getBytes(UTF_8),
                    random.nextInt(5) == 0
                            ? null
                            : isDamaged ? bytes(random.nextInt(200)) : "{\"a\":1}".getBytes(UTF_8));
        }

        private void damage() {
            String name = (random.nextBoolean() ? protocol.prefix : "") + pick(NAMES);
            switch (random.nextInt(4)) {
                case 0 -> headers.remove(protocol.prefix + pick(List.copyOf(SENT.keySet())));
                case 1 -> headers.put(protocol.prefix + pick(NAMES), value(3));
                case 2 -> headers.put(name, value(random.nextInt(40) == 0 ? 2000 : 3));
                default -> headers.put(name + random.nextInt(5), value(3));
            }
        }

        private @Nullable Object value(int depth) {
            int kind = random.nextInt(depth == 0 ? 11 : 14);
            return switch (kind) {
                case 0 -> null;
                case 1 -> text();
                case 2 -> bytes(random.nextInt(50));
                case 3 -> random.nextInt();
                case 4 -> random.nextLong();
                case 5 -> random.nextBoolean();
                case 6 -> random.nextDouble();
                case 7 -> (byte) random.nextInt();
                case 8 -> new Date(random.nextLong() >> 20);
                case 9 -> new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(9));
                case 10 -> new UUID(random.nextLong(), random.nextLong());
                case 11 -> nested(depth);
                case 12 -> Map.of("a", orEmpty(value(depth - 1)), "b", orEmpty(value(0)));
                default -> new ArrayList<>(List.of(orEmpty(value(depth - 1)), orEmpty(value(0))));
            };
        }

        /** One in the other as deep as may be. */
        private Object nested(int depth) {
            Object inner = bytes(3);
            for (int i = 0; i < depth; i++) {
                inner = new HashMap<>(Map.of("n", inner));
            }
            return inner;
        }

        private static Object orEmpty(@Nullable Object value) {
            return value == null ? ByteBuffer.allocate(0).array() : value;
        }

        private String text() {
            return pick(TEXTS) + random.nextInt(1000);
        }

        private byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }
}
