package dev.posthorn.messaging;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.type.EventType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** Which channels events can take, as far as it is known when emitters have to be created. */
final class EventChannels {

    /**
     * Channels, separated by commas, of events whose classes the container does not show to extensions in time: classes in
     * archives without bean discovery.
     */
    static final String CHANNELS_KEY = "posthorn.channels";

    private EventChannels() {}

    /** Those of these classes, the default channel, and the listed ones. */
    static Set<String> of(Collection<Class<?>> eventClasses, Config config) {
        Set<String> channels = new TreeSet<>(listed(config));
        channels.add(config.getOptionalValue(EventType.DEFAULT_CHANNEL_KEY, String.class)
                .orElse(EventType.DEFAULT_CHANNEL));
        for (Class<?> eventClass : eventClasses) {
            type(eventClass, config).map(EventType::channel).ifPresent(channels::add);
        }
        return channels;
    }

    /** Those listed in Config. */
    static Set<String> listed(Config config) {
        Set<String> channels = new LinkedHashSet<>();
        for (String listed :
                config.getOptionalValues(CHANNELS_KEY, String.class).orElse(List.of())) {
            String channel = listed.strip();
            if (!channel.isEmpty()) {
                channels.add(channel);
            }
        }
        return channels;
    }

    private static Optional<EventType> type(Class<?> eventClass, Config config) {
        // What is wrong with it is a deployment problem, but not this module's to report: whoever captures events does.
        try {
            return EventType.of(eventClass, config, problem -> {});
        } catch (EventNotPublishableException e) {
            return Optional.empty();
        }
    }
}
