package dev.posthorn.jpa.statement;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Headers as they are stored: a JSON object of texts, or nothing at all if there are none. */
public final class HeadersText {

    /** Without the text, which may be confidential. */
    private static final String NO_HEADERS = "is no JSON object of texts";

    private HeadersText() {}

    /** Written by hand, because every append pays for it. */
    public static String of(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return "";
        }
        StringBuilder json = new StringBuilder(headers.size() * 64);
        char separator = '{';
        for (Map.Entry<String, String> header : headers.entrySet()) {
            json.append(separator);
            quote(json, header.getKey());
            json.append(':');
            quote(json, header.getValue());
            separator = ',';
        }
        return json.append('}').toString();
    }

    public static Map<String, String> readColumn(Object value) {
        return read(Values.text(value));
    }

    /**
     * @throws IllegalArgumentException if it is neither empty nor a JSON object of texts
     */
    public static Map<String, String> read(String stored) {
        if (stored.isEmpty()) {
            return Map.of();
        }
        // Apart: without a provider, the text is not to blame.
        JsonProvider provider = JsonProvider.provider();
        if (!(parse(provider, stored) instanceof JsonObject object)) {
            throw new IllegalArgumentException(NO_HEADERS);
        }
        return texts(object);
    }

    private static JsonValue parse(JsonProvider provider, String stored) {
        try (JsonReader reader = provider.createReader(new StringReader(stored))) {
            return reader.readValue();
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException(NO_HEADERS, e);
        }
    }

    private static Map<String, String> texts(JsonObject json) {
        Map<String, String> headers = new LinkedHashMap<>();
        json.forEach((name, value) -> headers.put(name, text(value)));
        return headers;
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw new IllegalArgumentException(NO_HEADERS);
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
