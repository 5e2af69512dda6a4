package dev.posthorn.serialize;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a number as an int or a long only if it is one: parsers give its lowest bits, or what is before its point. Nor may an array be
 * read by its first element alone, which JSON Binding takes for the object that it wants.
 */
final class ExactParser implements JsonParser {

    private final JsonParser parser;
    private @Nullable Event first;

    ExactParser(JsonParser parser) {
        this.parser = parser;
    }

    @Override
    public int getInt() {
        BigDecimal number = parser.getBigDecimal();
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw new JsonException(number + " is no int.", e);
        }
    }

    @Override
    public long getLong() {
        BigDecimal number = parser.getBigDecimal();
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new JsonException(number + " is no long.", e);
        }
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        first = first == null ? event : first;
        return event;
    }

    @Override
    public Event currentEvent() {
        return parser.currentEvent();
    }

    @Override
    public String getString() {
        return parser.getString();
    }

    @Override
    public boolean isIntegralNumber() {
        return parser.isIntegralNumber();
    }

    @Override
    public BigDecimal getBigDecimal() {
        return parser.getBigDecimal();
    }

    @Override
    public JsonLocation getLocation() {
        return parser.getLocation();
    }

    @Override
    public JsonObject getObject() {
        return parser.getObject();
    }

    @Override
    public JsonValue getValue() {
        return parser.getValue();
    }

    @Override
    public JsonArray getArray() {
        return parser.getArray();
    }

    @Override
    public Stream<JsonValue> getArrayStream() {
        return parser.getArrayStream();
    }

    @Override
    public Stream<Map.Entry<String, JsonValue>> getObjectStream() {
        return parser.getObjectStream();
    }

    @Override
    public Stream<JsonValue> getValueStream() {
        return parser.getValueStream();
    }

    @Override
    public void skipArray() {
        parser.skipArray();
    }

    @Override
    public void skipObject() {
        parser.skipObject();
    }

    @Override
    public void close() {
        try (parser) {
            if (first == Event.START_ARRAY && parser.hasNext()) {
                throw new JsonException("The data is an array, of which only a part would be read.");
            }
        }
    }
}
