package dev.posthorn.extension;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.capture.PublishedTypes;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.type.EventType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The event classes that were seen at deployment. A class that handlers take counts as published only if the application fires it, or has
 * a connector for its channel: a receiver need not configure what only its sender needs.
 */
final class DiscoveredTypes {

    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Set<Class<?>> fired = new HashSet<>();
    private Set<Class<?>> received = Set.of();

    void add(Class<?> javaClass) {
        classes.add(javaClass);
    }

    /** A bean is injected with an {@code Event} of this class. */
    void addFired(Class<?> javaClass) {
        classes.add(javaClass);
        fired.add(javaClass);
    }

    void received(Set<Class<?>> javaClasses) {
        received = javaClasses;
    }

    /** Those that are annotated themselves. */
    Set<Class<?>> annotated() {
        return classes.stream()
                .filter(javaClass -> javaClass.getDeclaredAnnotation(IntegrationEvent.class) != null)
                .filter(javaClass -> !javaClass.isInterface())
                .collect(Collectors.toSet());
    }

    /** Whether handlers take the type, and nobody is known to fire it. */
    private boolean isReceivedAlone(EventType type) {
        return received.contains(type.javaClass())
                && fired.stream().noneMatch(javaClass -> type.javaClass().isAssignableFrom(javaClass));
    }

    /** Those of the types, the default one where it is configured, and those that are named for types nobody can see. */
    Set<String> channels(Config config) {
        Set<String> channels = new TreeSet<>();
        for (Class<?> javaClass : classes) {
            type(javaClass, config, new ArrayList<>())
                    .filter(type -> !isReceivedAlone(type) || hasConnector(type.channel(), config))
                    .map(EventType::channel)
                    .ifPresent(channels::add);
        }
        String byDefault = config.getOptionalValue(EventType.DEFAULT_CHANNEL_KEY, String.class)
                .orElse(EventType.DEFAULT_CHANNEL);
        if (hasConnector(byDefault, config)) {
            channels.add(byDefault);
        }
        config.getOptionalValue("posthorn.channels", String[].class)
                .ifPresent(more -> channels.addAll(Arrays.asList(more)));
        return channels;
    }

    List<String> problems(Config config) {
        List<String> problems = new ArrayList<>();
        problems.addAll(PublishedTypes.problems(published(config, problems)));
        return problems;
    }

    /** @param problemOf what is wrong with a topic on a channel */
    List<String> topicProblems(Config config, BiFunction<String, String, Optional<String>> problemOf) {
        return published(config, new ArrayList<>()).stream()
                .flatMap(type -> problemOf.apply(type.channel(), type.topic()).stream()
                        .map(problem ->
                                "POSTHORN-6010 Events of " + type.javaClass().getName()
                                        + " can't be sent: " + problem + " Change @IntegrationEvent(topic), or set "
                                        + EventType.PREFIX + type.name() + ".topic."))
                .toList();
    }

    /** The names of all types that are known, whether they are published or received. */
    Set<String> names(Config config) {
        return names(classes, config);
    }

    static Set<String> names(Collection<Class<?>> javaClasses, Config config) {
        Set<String> names = new TreeSet<>();
        javaClasses.forEach(javaClass ->
                type(javaClass, config, new ArrayList<>()).map(EventType::name).ifPresent(names::add));
        return names;
    }

    private List<EventType> published(Config config, List<String> problems) {
        List<EventType> types = new ArrayList<>();
        for (Class<?> javaClass : classes) {
            type(javaClass, config, problems)
                    .filter(type -> !isReceivedAlone(type))
                    .ifPresent(types::add);
        }
        return types;
    }

    /** What works, and is hardly meant. */
    List<String> warnings(Config config, SerializerRules rules) {
        return classes.stream()
                .filter(javaClass -> !Modifier.isAbstract(javaClass.getModifiers()))
                .filter(javaClass -> type(javaClass, config, new ArrayList<>())
                        .filter(type -> !isReceivedAlone(type))
                        .isPresent())
                .filter(rules::isWrittenEmpty)
                .map(
                        javaClass -> "POSTHORN-1042 " + javaClass.getName()
                                + " is published as {}, without any data: its fields are neither public nor have they public getters, and JSON"
                                + " Binding writes no others. Make it a record, make the fields public, or add getters (getId(), not id()).")
                .toList();
    }

    private static boolean hasConnector(String channel, Config config) {
        return config.getOptionalValue("mp.messaging.outgoing." + channel + ".connector", String.class)
                .isPresent();
    }

    /** Known whatever its values are: one that is wrong must not make others look wrong, or hide them. */
    private static Optional<EventType> type(Class<?> javaClass, Config config, List<String> problems) {
        try {
            return EventType.of(javaClass, config, problems::add);
        } catch (EventNotPublishableException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
