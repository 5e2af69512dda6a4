package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values of any type from the wire as text: a value that comes again is the same text again, on each node. */
final class WireText {

    /** What is nested deeper is left out, rather than that the stack overflows. */
    private static final int DEEPEST = 20;

    private WireText() {}

    /** What is not UTF-8 has replacement characters. */
    static String of(Object value) {
        byte[] bytes = bytes(value);
        return bytes == null ? text(value, 0) : new String(bytes, UTF_8);
    }

    /** Something is told from others by it: different bytes are different texts. */
    static String distinct(Object value) {
        return text(value, 0);
    }

    /** Null if the value is of another type. */
    static byte @Nullable [] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return value instanceof byte[] bytes ? bytes : null;
    }

    private static String text(@Nullable Object value, int depth) {
        if (value == null || depth > DEEPEST) {
            return value == null ? "null" : "...";
        }
        byte[] bytes = bytes(value);
        if (bytes != null) {
            return ByteText.distinct(bytes);
        }
        if (value instanceof Date time) {
            return time.toInstant().toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey(), depth + 1) + "=" + text(entry.getValue(), depth + 1))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(each -> text(each, depth + 1)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> text(Array.get(value, i), depth + 1))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }
}
