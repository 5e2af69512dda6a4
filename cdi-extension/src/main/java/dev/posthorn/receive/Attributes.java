package dev.posthorn.receive;

import dev.posthorn.spi.IncomingMessage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The attributes of one CloudEvent, by the names of the specification. */
record Attributes(Map<String, String> values) {

    static final String SPECVERSION = "specversion";
    static final String TYPE = "type";
    static final String DATACONTENTTYPE = "datacontenttype";

    private static final String ID = "id";
    private static final String SOURCE = "source";
    private static final String TIME = "time";
    private static final String PARTITIONKEY = "partitionkey";

    private static final Set<String> OWN_COMPONENTS =
            Set.of(SPECVERSION, ID, SOURCE, TYPE, TIME, DATACONTENTTYPE, PARTITIONKEY);

    /** The event with these attributes. */
    ReceivedEvent event(IncomingMessage message, @Nullable String contentType, byte[] data) {
        String version = required(SPECVERSION);
        if (!version.startsWith("1.")) {
            throw new UnreadableMessageException("The message is a CloudEvent of version " + version
                    + ", and only 1.0 can be read. Let the sender use that version.");
        }
        return new ReceivedEvent(
                required(ID),
                required(SOURCE),
                true,
                required(TYPE),
                time(),
                key(message),
                contentType,
                headers(message),
                data);
    }

    /** What has a type and nothing else is told from other events by where the broker keeps it. */
    ReceivedEvent plainEvent(IncomingMessage message) {
        String position = message.position();
        return new ReceivedEvent(
                position == null ? UUID.randomUUID().toString() : position,
                "channel:" + message.channel(),
                position != null,
                required(TYPE),
                null,
                key(message),
                message.contentType(),
                headers(message),
                message.data());
    }

    private String required(String attribute) {
        String value = values.get(attribute);
        if (value == null || value.isEmpty()) {
            throw new UnreadableMessageException("The message is no CloudEvent: it lacks the attribute " + attribute
                    + ", which the specification requires. Let the sender add it.");
        }
        return value;
    }

    private @Nullable Instant time() {
        String time = values.get(TIME);
        if (time == null || time.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            throw new UnreadableMessageException(
                    "The message is no CloudEvent: its attribute time is " + time
                            + ", which is no time as RFC 3339 writes it. Let the sender mend that.",
                    e);
        }
    }

    private @Nullable String key(IncomingMessage message) {
        String key = values.getOrDefault(PARTITIONKEY, message.key());
        return key == null || key.isEmpty() ? null : key;
    }

    private Map<String, String> headers(IncomingMessage message) {
        Map<String, String> headers = new HashMap<>(message.headers());
        values.forEach((name, value) -> {
            if (!OWN_COMPONENTS.contains(name)) {
                headers.put(name, value);
            }
        });
        return headers;
    }
}
