package dev.posthorn.capture;

import static java.util.Objects.requireNonNull;

import dev.posthorn.IntegrationEvents;
import dev.posthorn.capture.Envelopes.Deviations;
import dev.posthorn.config.InboxConfig;
import dev.posthorn.log.Printable;
import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What {@code fire} can't say, said to {@link Capture}. */
public final class PublishingIntegrationEvents implements IntegrationEvents {

    private final Capture capture;
    private final BiFunction<String, Object, CompletionStage<Void>> receive;

    /** @param receive takes messages that the application has received, with their channels */
    public PublishingIntegrationEvents(Capture capture, BiFunction<String, Object, CompletionStage<Void>> receive) {
        this.capture = capture;
        this.receive = receive;
    }

    @Override
    public void publish(Object event) {
        requireNonNull(event, "event");
        capture.publish(List.of(capture.snapshot(event, Deviations.NONE)), event);
    }

    @Override
    public void publishAll(Iterable<?> events) {
        List<EventEnvelope> snapshots = new ArrayList<>();
        Object last = null;
        for (Object event : events) {
            snapshots.add(capture.snapshot(requireNonNull(event, "event"), Deviations.NONE));
            last = event;
        }
        if (last != null) {
            capture.publish(snapshots, last);
        }
    }

    @Override
    public Draft draft(Object event) {
        return new EventDraft(capture, requireNonNull(event, "event"));
    }

    @Override
    public CompletionStage<Void> receive(Object message) {
        return receive(InboxConfig.OWN_CHANNEL, message);
    }

    @Override
    public CompletionStage<Void> receive(String channel, Object message) {
        return receive.apply(requireNonNull(channel, "channel"), requireNonNull(message, "message"));
    }

    private static final class EventDraft implements Draft {

        private static final Set<String> RESERVED_NAMES = Set.of("content-type", EventEnvelope.REPLAY_OF);

        /** Of Kafka's binding of CloudEvents, and of the two that AMQP's allows. */
        private static final Set<String> RESERVED_PREFIXES = Set.of("ce_", "cloudevents_", "cloudevents:");

        private final Capture capture;
        private final Object event;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable String topic;
        private @Nullable String key;

        EventDraft(Capture capture, Object event) {
            this.capture = capture;
            this.event = event;
        }

        @Override
        public Draft topic(String topic) {
            if (requireNonNull(topic, "topic").isBlank()) {
                throw new IllegalArgumentException(
                        "POSTHORN-1221 The topic of " + event.getClass().getName() + " is blank.");
            }
            if (topic.length() > PublishedTypes.LONGEST_NAME || topic.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("POSTHORN-1207 The topic of "
                        + event.getClass().getName() + " has "
                        + topic.length() + " characters, or U+0000 among them. It can't be stored with more than "
                        + PublishedTypes.LONGEST_NAME + ", or with that one.");
            }
            this.topic = topic;
            return this;
        }

        @Override
        public Draft key(String key) {
            this.key = requireNonNull(key, "key");
            return this;
        }

        @Override
        public Draft header(String name, String value) {
            requireNonNull(name, "name");
            requireNonNull(value, "value");
            if (name.isBlank() || isReserved(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("POSTHORN-1222 '" + Printable.text(name)
                        + "' can't be the name of a header: CloudEvents attributes (ce_..., cloudEvents_...,"
                        + " cloudEvents:..., content-type, posthornreplayof) are Posthorn's to set.");
            }
            headers.put(name, value);
            return this;
        }

        /** Whatever the channel's connector is: the event may be sent on by another one. */
        private static boolean isReserved(String name) {
            return RESERVED_NAMES.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
        }

        @Override
        public void publish() {
            capture.publish(List.of(capture.snapshot(event, new Deviations(topic, key, headers))), event);
        }
    }
}
