package dev.posthorn.receive;

import dev.posthorn.spi.IncomingMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event whose attributes and data are one document in the JSON format of CloudEvents. */
final class StructuredEvent {

    private static final String DATA = "data";
    private static final String BINARY_DATA = "data_base64";
    private static final String JSON = "application/json";

    private final JsonObject document;

    private StructuredEvent(JsonObject document) {
        this.document = document;
    }

    static ReceivedEvent read(IncomingMessage message, MediaType mediaType) {
        StructuredEvent event = new StructuredEvent(parse(JsonText.of(message.data(), mediaType)));
        Attributes attributes = event.attributes();
        String contentType = attributes.values().getOrDefault(Attributes.DATACONTENTTYPE, JSON);
        JsonValue data = event.document.get(DATA);
        if (data == null) {
            return attributes.event(message, contentType, event.binaryData());
        }
        MediaType type = MediaType.of(contentType);
        String inUtf8 = type.charset() == null ? contentType : type.name() + ";charset=utf-8";
        boolean isText = data instanceof JsonString && !type.isJson();
        return attributes.event(message, inUtf8, isText ? text((JsonString) data) : JsonText.bytes(data.toString()));
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (RuntimeException | StackOverflowError e) {
            // Not all implementations tell what is wrong by exceptions of their API, such as what is nested too deeply.
            throw new UnreadableMessageException(
                    "The message says that it is a CloudEvent in JSON, and is no JSON object: " + e.getMessage(), e);
        }
    }

    private Attributes attributes() {
        Map<String, String> attributes = new HashMap<>();
        document.forEach((name, value) -> {
            String text = text(value);
            if (text != null && !name.equals(DATA) && !name.equals(BINARY_DATA)) {
                attributes.put(name, text);
            }
        });
        return new Attributes(attributes);
    }

    private byte[] binaryData() {
        JsonValue binary = document.get(BINARY_DATA);
        try {
            return binary instanceof JsonString text ? Base64.getDecoder().decode(text.getString()) : new byte[0];
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessageException("The message is no CloudEvent: its data_base64 is not Base64.", e);
        }
    }

    private static byte[] text(JsonString data) {
        String text = data.getString();
        if (JsonText.hasLoneSurrogate(text)) {
            throw new UnreadableMessageException(
                    "The data is a text with half a surrogate pair, which is no character. Let the sender mend that.");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case NULL, ARRAY, OBJECT -> null;
            default -> value.toString();
        };
    }
}
