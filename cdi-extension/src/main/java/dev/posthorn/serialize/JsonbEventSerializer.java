package dev.posthorn.serialize;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.receive.JsonText;
import dev.posthorn.receive.MediaType;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.spi.Supplied;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON, as Jakarta JSON Binding writes it without any configuration. What it would read as something else is not read. */
@Supplied
@ApplicationScoped
public class JsonbEventSerializer implements EventSerializer {

    private static final String JSON = "application/json";
    private static final String NO_PROPERTIES = "{}";

    /** JSON Binding writes the getters of the proxy's own class, too, and its fields in place of those behind it. */
    private static final String OF_CLIENT_PROXIES = "\"contextualInstance\":";

    private final Jsonb jsonb =
            JsonbBuilder.newBuilder().withProvider(new ExactJson()).build();

    /** Lets go of what it has cached of the application's classes. Payara deploys no bean whose end throws checked exceptions. */
    @PreDestroy
    void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            throw new JsonbException("JSON Binding could not be closed.", e);
        }
    }

    @Override
    public String contentType() {
        return JSON;
    }

    @Override
    public byte[] serialize(Object event) {
        String json = jsonb.toJson(event);
        requireReadable(json, event);
        if (json.contains(OF_CLIENT_PROXIES)) {
            throw new EventNotPublishableException(
                    "POSTHORN-1226 " + event.getClass().getName()
                            + " refers to a client proxy of CDI, or has a property contextualInstance as those have. It was not published:"
                            + " of a proxy other things are written than of what is behind it. Put values of your own into the event, such as"
                            + " a record.");
        }
        return JsonText.bytes(json);
    }

    private static void requireReadable(String json, Object event) {
        try {
            JsonText.check(json);
        } catch (UnreadableMessageException e) {
            throw new EventNotPublishableException(
                    "POSTHORN-1225 No receiver could read " + event.getClass().getName()
                            + ", so it is not published; see the cause. Publish a flat copy, and numbers within the range of a double.",
                    e);
        }
    }

    @Override
    public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
        T event = data.length == 0 ? null : jsonb.fromJson(json(data, contentType), type);
        return event == null ? withoutData(type) : event;
    }

    private static String json(byte[] data, @Nullable String contentType) {
        MediaType mediaType = MediaType.of(contentType == null || contentType.isBlank() ? JSON : contentType);
        if (!mediaType.isJson()) {
            throw new JsonbException(
                    "The content type of the data is " + contentType
                            + ", and only JSON is read. Let the sender send that, or bring an EventSerializer that reads the other.");
        }
        return JsonText.of(data, mediaType);
    }

    /** CloudEvents need no data. A class that would have to say what there is none of is not made up. */
    private <T> T withoutData(Class<T> type) {
        if (hasState(type)) {
            throw new JsonbException("The event has no data, and " + type.getName()
                    + " has fields. Let the sender send the data, receive the event as a class without fields, or bring an"
                    + " EventSerializer that knows what to do.");
        }
        return jsonb.fromJson(NO_PROPERTIES, type);
    }

    private static boolean hasState(@Nullable Class<?> type) {
        return type != null
                && (Arrays.stream(type.getDeclaredFields()).anyMatch(field -> !Modifier.isStatic(field.getModifiers()))
                        || hasState(type.getSuperclass()));
    }
}
