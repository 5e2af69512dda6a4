package dev.posthorn.receive;

import dev.posthorn.log.Log;
import dev.posthorn.spi.IncomingMessage;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The attributes of one CloudEvent, by the names of the specification. */
record Attributes(Map<String, String> values) {

    private static final Log LOG = Log.of("dev.posthorn.inbox");

    static final String SPECVERSION = "specversion";
    static final String TYPE = "type";
    static final String DATACONTENTTYPE = "datacontenttype";

    private static final String ID = "id";
    private static final String SOURCE = "source";
    private static final String TIME = "time";
    private static final String PARTITIONKEY = "partitionkey";

    private static final Set<String> GENERIC = Set.of("text/plain", "application/octet-stream");

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
                false,
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
                true,
                required(TYPE),
                null,
                key(message),
                statedType(message.contentType()),
                headers(message),
                message.data());
    }

    /** Connectors and clients name these for any text and any bytes. The channel says more: its data is of the event's type. */
    private static @Nullable String statedType(@Nullable String contentType) {
        return contentType != null && GENERIC.contains(MediaType.of(contentType).name()) ? null : contentType;
    }

    private String required(String attribute) {
        String value = values.get(attribute);
        if (value == null || value.isEmpty()) {
            throw new UnreadableMessageException("The message is no CloudEvent: it lacks the attribute " + attribute
                    + ", which the specification requires. Let the sender add it.");
        }
        return value;
    }

    /** Nothing depends on it, so an event whose time can't be read is one without. */
    private @Nullable Instant time() {
        String time = values.getOrDefault(TIME, "");
        Optional<Instant> read = EventTime.parse(time);
        if (read.isEmpty() && !time.isEmpty()) {
            LOG.log(Level.DEBUG, "The attribute time of an event is none as RFC 3339 writes it, and is left out.");
        }
        return read.orElse(null);
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
