package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.type.EventType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the snapshot of an event. */
public final class Envelopes {

    /** Half a surrogate pair becomes a question mark on the way, so that different keys would become one. */
    private static final Pattern NO_CHARACTER = Pattern.compile("[\\x00\\x{D800}-\\x{DFFF}]");

    private final EventSerializer serializer;
    private final String source;
    private final Clock clock;
    private final EventIds ids = new EventIds();

    public Envelopes(EventSerializer serializer, String source, Clock clock) {
        this.serializer = serializer;
        this.source = source;
        this.clock = clock;
    }

    /** What deviates from the event's type: null where nothing does. */
    record Deviations(@Nullable String topic, @Nullable String key, Map<String, String> headers) {

        static final Deviations NONE = new Deviations(null, null, Map.of());
    }

    EventEnvelope snapshot(Object event, PublishedType published, Deviations deviations) {
        EventType type = published.type();
        return new EventEnvelope(
                ids.next(clock.millis()),
                type.name(),
                source,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                type.channel(),
                deviations.topic() == null ? type.topic() : deviations.topic(),
                key(event, published, deviations),
                type.ordered(),
                type.whenDead(),
                serializer.contentType(),
                deviations.headers(),
                serialize(event));
    }

    /** An empty one is none, whoever names it. */
    private static @Nullable String key(Object event, PublishedType published, Deviations deviations) {
        String key = deviations.key() == null ? keyOf(event, published) : deviations.key();
        if (key != null && NO_CHARACTER.matcher(key).find()) {
            throw new EventNotPublishableException(
                    "POSTHORN-1205 The key of " + event.getClass().getName()
                            + " contains the character U+0000 or half a surrogate pair, which databases and brokers do not take. It was not"
                            + " published.");
        }
        return key == null || key.isEmpty() ? null : key;
    }

    private static @Nullable String keyOf(Object event, PublishedType published) {
        try {
            return published.key().read(event);
        } catch (StackOverflowError e) {
            throw endless(event, e);
        }
    }

    /** Whatever else is thrown, but by the virtual machine, says that the event can't be serialised. */
    private byte[] serialize(Object event) {
        try {
            return Objects.requireNonNull(serializer.serialize(event), "The EventSerializer returned null.");
        } catch (StackOverflowError e) {
            throw endless(event, e);
        } catch (VirtualMachineError | EventNotPublishableException e) {
            throw e;
        } catch (Throwable e) {
            throw new EventNotPublishableException(
                    "POSTHORN-1218 " + event.getClass().getName()
                            + " could not be serialised, so it is not published; see the cause.",
                    e);
        }
    }

    private static EventNotPublishableException endless(Object event, StackOverflowError error) {
        return new EventNotPublishableException(
                "POSTHORN-1219 " + event.getClass().getName()
                        + " refers to itself or is nested too deeply to be serialised, so it is not published.",
                error);
    }
}
