package dev.posthorn.config;

import dev.posthorn.type.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Finds keys that nothing reads: misspelt ones, and those of channels and types that there are not. They are warnings, since applications
 * on one server share its environment and system properties, and a later version may know more keys.
 */
public final class UnknownKeys {

    private static final Pattern VARIABLE = Pattern.compile("(?i)posthorn_[a-z0-9_]+");

    /** Kubernetes tells every container where services are: one called "posthorn" or "posthorn-db" makes these. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("POSTHORN_([A-Z0-9_]+_)?(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_[0-9]+_[A-Z0-9_]+)?)");

    private final Config config;
    private final Set<String> sending;
    private final Set<String> receiving;
    private final Set<String> types;

    /**
     * @param sending the channels that events are sent on
     * @param receiving the channels that events arrive on
     * @param types the types that are published or handled
     */
    public UnknownKeys(
            Config config, Collection<String> sending, Collection<String> receiving, Collection<String> types) {
        this.config = config;
        this.sending = new TreeSet<>(sending);
        this.receiving = new TreeSet<>(receiving);
        this.types = new TreeSet<>(types);
    }

    /** A warning for each such key. */
    public List<String> warnings() {
        Set<String> known = known();
        Set<String> variables = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (VARIABLE.matcher(name).matches()) {
                variables.add(name.toUpperCase(Locale.ROOT));
            } else if (name.startsWith(KnownKeys.PREFIX)) {
                keys.add(name);
            }
        }
        List<String> warnings = new ArrayList<>();
        // Some implementations of Config list a variable once more, as the key that they take it for.
        keys.removeIf(key -> variables.contains(variable(key)));
        keys.removeAll(known);
        keys.forEach(key -> warnings.add(warning(key, Notation.KEY, known)));
        variables.removeAll(Notation.VARIABLE.of(known));
        variables.removeIf(variable -> OF_KUBERNETES.matcher(variable).matches());
        variables.forEach(variable -> warnings.add(warning(variable, Notation.VARIABLE, known)));
        return warnings;
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>(KnownKeys.ofAll());
        sending.forEach(channel -> known.addAll(KnownKeys.ofSending(channel)));
        receiving.forEach(channel -> known.addAll(KnownKeys.ofReceiving(channel)));
        types.forEach(type -> known.addAll(KnownKeys.ofType(type)));
        return known;
    }

    private String warning(String key, Notation notation, Set<String> known) {
        return ofUnknownType(key, notation)
                .or(() -> ofUnknownChannel(key, notation))
                .or(() -> ofOneChannel(key, notation))
                .orElseGet(() -> ConfigMessages.unknownKey(
                        key,
                        Nearest.to(key.substring(KnownKeys.PREFIX.length()), rests(notation.of(known)))
                                .map(rest -> line(key, key.substring(0, KnownKeys.PREFIX.length()) + rest))));
    }

    private Optional<String> ofUnknownType(String key, Notation notation) {
        for (String member : KnownKeys.membersOfTypes()) {
            Optional<String> type = notation.between(EventType.PREFIX, key, "." + member);
            if (type.isPresent()) {
                Optional<String> line = Nearest.to(type.get(), types)
                        .map(nearest -> line(key, notation.of(EventType.PREFIX + nearest + "." + member)));
                return Optional.of(ConfigMessages.unknownType(key, type.get(), types, line));
            }
        }
        return Optional.empty();
    }

    private Optional<String> ofUnknownChannel(String key, Notation notation) {
        for (String member : KnownKeys.membersOfChannels()) {
            Optional<String> channel = notation.between(KnownKeys.CHANNEL_PREFIX, key, "." + member);
            if (channel.isPresent()) {
                Set<String> channels = channelsFor(member);
                Optional<String> line = Nearest.to(channel.get(), channels)
                        .map(nearest -> line(key, notation.of(KnownKeys.CHANNEL_PREFIX + nearest + "." + member)));
                return Optional.of(ConfigMessages.unknownChannel(key, channel.get(), useFor(member), channels, line));
            }
        }
        return Optional.empty();
    }

    private Set<String> channelsFor(String member) {
        Set<String> channels = new TreeSet<>();
        if (!KnownKeys.OF_SENDING.contains(member)) {
            channels.addAll(receiving);
        }
        if (KnownKeys.OF_SENDING.contains(member) || KnownKeys.OF_EITHER.contains(member)) {
            channels.addAll(sending);
        }
        return channels;
    }

    private static String useFor(String member) {
        return KnownKeys.OF_SENDING.contains(member)
                ? "sends on"
                : KnownKeys.OF_EITHER.contains(member) ? "has" : "receives on";
    }

    private Optional<String> ofOneChannel(String key, Notation notation) {
        return KnownKeys.OF_APPLICATION.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .filter(member -> notation.between(KnownKeys.CHANNEL_PREFIX, key, "." + member)
                        .isPresent())
                .findFirst()
                .map(member -> ConfigMessages.notOfOneChannel(key, notation.of(KnownKeys.PREFIX + member)));
    }

    private static Set<String> rests(Set<String> keys) {
        return keys.stream()
                .map(key -> key.substring(KnownKeys.PREFIX.length()))
                .collect(Collectors.toSet());
    }

    private String line(String written, String meant) {
        return meant + "=" + config.getOptionalValue(written, String.class).orElse("");
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** How keys are written: as they are, or as environment variables. */
    private enum Notation {
        KEY,
        VARIABLE;

        String of(String key) {
            return this == KEY ? key : variable(key);
        }

        Set<String> of(Set<String> keys) {
            return keys.stream().map(this::of).collect(Collectors.toSet());
        }

        /** What stands between the two, if the name has both. */
        Optional<String> between(String prefix, String name, String suffix) {
            boolean has = name.startsWith(of(prefix))
                    && name.endsWith(of(suffix))
                    && name.length() > prefix.length() + suffix.length();
            return has
                    ? Optional.of(name.substring(prefix.length(), name.length() - suffix.length()))
                    : Optional.empty();
        }
    }
}
