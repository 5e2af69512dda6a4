package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.type.EventType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the snapshot of an event. */
public final class Envelopes {

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
                deviations.key() == null ? published.key().read(event) : deviations.key(),
                type.ordered(),
                type.whenDead(),
                serializer.contentType(),
                deviations.headers(),
                serialize(event));
    }

    private byte[] serialize(Object event) {
        try {
            return serializer.serialize(event);
        } catch (RuntimeException e) {
            throw new EventNotPublishableException(
                    event.getClass().getName() + " could not be serialised, so it is not published; see the cause.", e);
        } catch (StackOverflowError e) {
            throw new EventNotPublishableException(
                    event.getClass().getName()
                            + " refers to itself or is nested too deeply to be serialised, so it is not published.",
                    e);
        }
    }
}
