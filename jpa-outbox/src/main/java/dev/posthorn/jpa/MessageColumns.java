package dev.posthorn.jpa;

import dev.posthorn.spi.IncomingMessage;
import jakarta.persistence.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a message as it came. What may be missing is in a JSON object, since null can't be bound. */
final class MessageColumns {

    static final String LIST = "attributes, headers, properties, payload";

    static final int COUNT = 4;

    private static final String CONTENT_TYPE = "contentType";
    private static final String KEY = "key";
    private static final String POSITION = "position";

    private MessageColumns() {}

    static Query bind(Query query, int first, IncomingMessage message) {
        return query.setParameter(first, HeadersText.of(message.attributes()))
                .setParameter(first + 1, HeadersText.of(message.headers()))
                .setParameter(first + 2, HeadersText.of(properties(message)))
                .setParameter(first + 3, message.data());
    }

    static IncomingMessage read(String channel, Object[] row, int first) {
        Map<String, String> properties = HeadersText.read(Values.text(row[first + 2]));
        return new IncomingMessage(
                channel,
                HeadersText.read(Values.text(row[first])),
                HeadersText.read(Values.text(row[first + 1])),
                properties.get(CONTENT_TYPE),
                properties.get(KEY),
                properties.get(POSITION),
                Values.bytes(row[first + 3]));
    }

    private static Map<String, String> properties(IncomingMessage message) {
        Map<String, String> properties = new LinkedHashMap<>();
        put(properties, CONTENT_TYPE, message.contentType());
        put(properties, KEY, message.key());
        put(properties, POSITION, message.position());
        return properties;
    }

    private static void put(Map<String, String> properties, String name, @Nullable String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
