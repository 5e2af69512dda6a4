package dev.posthorn.extension;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.capture.PublishedTypes;
import dev.posthorn.spi.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** The event classes that were seen at deployment. */
final class DiscoveredTypes {

    private final Set<Class<?>> classes = new LinkedHashSet<>();

    void add(Class<?> javaClass) {
        classes.add(javaClass);
    }

    /** Those of the types, the default one where it is configured, and those that are named for types nobody can see. */
    Set<String> channels(Config config) {
        Set<String> channels = new TreeSet<>();
        for (Class<?> javaClass : classes) {
            type(javaClass, config, new ArrayList<>()).ifPresent(type -> channels.add(type.channel()));
        }
        String byDefault = config.getOptionalValue(EventType.DEFAULT_CHANNEL_KEY, String.class)
                .orElse(EventType.DEFAULT_CHANNEL);
        if (config.getOptionalValue("mp.messaging.outgoing." + byDefault + ".connector", String.class)
                .isPresent()) {
            channels.add(byDefault);
        }
        config.getOptionalValue("posthorn.channels", String[].class)
                .ifPresent(more -> channels.addAll(Arrays.asList(more)));
        return channels;
    }

    List<String> problems(Config config) {
        List<String> problems = new ArrayList<>();
        List<EventType> types = new ArrayList<>();
        for (Class<?> javaClass : classes) {
            type(javaClass, config, problems).ifPresent(types::add);
        }
        problems.addAll(PublishedTypes.problems(types));
        return problems;
    }

    private static Optional<EventType> type(Class<?> javaClass, Config config, List<String> problems) {
        try {
            return EventType.of(javaClass, config);
        } catch (EventNotPublishableException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
