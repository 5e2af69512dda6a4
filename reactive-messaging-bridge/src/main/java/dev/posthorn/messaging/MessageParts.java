package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.posthorn.spi.IncomingMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts what a message carries into CloudEvents attributes, the type of its content, and other headers. */
final class MessageParts {

    private static final String CONTENT_TYPE = "content-type";
    private static final byte[] NOTHING = {};

    private final String channel;
    private final List<String> attributePrefixes;
    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();

    private @Nullable String contentType;
    private @Nullable String key;
    private @Nullable String position;

    /**
     * @param attributePrefixes with what the protocol's binding of CloudEvents begins the names of attributes
     */
    MessageParts(String channel, String... attributePrefixes) {
        this.channel = channel;
        this.attributePrefixes = List.of(attributePrefixes);
    }

    /** Of headers with the same name the last one counts; one without a value doesn't. */
    void header(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        for (String prefix : attributePrefixes) {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                attributes.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT), WireText.distinct(value));
                return;
            }
        }
        if (name.equalsIgnoreCase(CONTENT_TYPE)) {
            contentType = WireText.of(value);
        } else {
            headers.put(name, WireText.of(value));
        }
    }

    void contentType(@Nullable String type) {
        contentType = type;
    }

    void key(@Nullable Object brokersKey) {
        key = brokersKey == null ? null : WireText.distinct(brokersKey);
    }

    void position(String where) {
        position = where;
    }

    /** With the payload as its bytes; objects of JSON libraries write themselves as JSON. */
    IncomingMessage message(@Nullable Object payload) {
        return new IncomingMessage(channel, attributes, headers, contentType, key, position, bytes(payload));
    }

    private static byte[] bytes(@Nullable Object payload) {
        if (payload == null) {
            return NOTHING;
        }
        byte[] bytes = WireText.bytes(payload);
        return bytes == null ? WireText.of(payload).getBytes(UTF_8) : bytes;
    }
}
