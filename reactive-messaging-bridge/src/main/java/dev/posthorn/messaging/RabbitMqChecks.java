package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether a channel of {@code posthorn-rabbitmq} is configured right: what has no effect there is refused too. */
final class RabbitMqChecks {

    /** Those of Reactive Messaging itself. */
    private static final Set<String> OF_EVERY_CHANNEL = Set.of("connector", "enabled", "merge");

    private static final Set<String> KNOWN = Stream.concat(
                    OF_EVERY_CHANNEL.stream(),
                    Arrays.stream(RabbitMqAttribute.values()).map(RabbitMqAttribute::attribute))
            .collect(Collectors.toUnmodifiableSet());

    private RabbitMqChecks() {}

    static List<String> problems(OutgoingChannel channel, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        for (RabbitMqAttribute attribute : RabbitMqAttribute.values()) {
            attribute
                    .complaint(channel)
                    .ifPresent(wanted -> problems.add(RabbitMqProblems.wrongValue(channel, attribute, wanted)));
        }
        for (String key : unknown(channel, environment)) {
            problems.add(RabbitMqProblems.unknownAttribute(channel, key));
        }
        return problems;
    }

    private static List<String> unknown(OutgoingChannel channel, Map<String, String> environment) {
        List<String> prefixes = List.of(channel.key(""), ConfiguredChannel.keyOfAll(channel.connector(), ""));
        return StreamSupport.stream(channel.config().getPropertyNames().spliterator(), false)
                .filter(key -> prefixes.stream()
                        .anyMatch(prefix -> key.startsWith(prefix) && !KNOWN.contains(key.substring(prefix.length()))))
                .filter(key -> !environment.containsKey(variable(key)))
                .sorted()
                .toList();
    }

    /** A variable's name has no dots and hyphens: which channel and attribute it means can't be told by it. */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
