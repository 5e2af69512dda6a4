package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.statement.HeadersText;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.IncomingMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a message as it came. What may be missing is in a JSON object, since null can't be bound. */
public final class MessageColumns {

    public static final String LIST = "attributes, headers, properties, payload";

    static final int COUNT = 4;

    private static final String CONTENT_TYPE = "contentType";
    private static final String KEY = "key";
    private static final String POSITION = "position";

    private MessageColumns() {}

    static Sql bind(Sql query, int first, IncomingMessage message) {
        return query.set(first, HeadersText.of(message.attributes()))
                .set(first + 1, HeadersText.of(message.headers()))
                .set(first + 2, HeadersText.of(properties(message)))
                .set(first + 3, message.data());
    }

    /** With something in place of what can't be read: whether that is so, the row knows. */
    public static IncomingMessage read(String channel, RowReader row, int first) {
        Map<String, String> properties = row.read(first + 2, "properties", HeadersText::readColumn, Map.of());
        return new IncomingMessage(
                channel,
                row.read(first, "attributes", HeadersText::readColumn, Map.of()),
                row.read(first + 1, "headers", HeadersText::readColumn, Map.of()),
                properties.get(CONTENT_TYPE),
                properties.get(KEY),
                properties.get(POSITION),
                row.read(first + 3, "payload", Values::bytes, new byte[0]));
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
