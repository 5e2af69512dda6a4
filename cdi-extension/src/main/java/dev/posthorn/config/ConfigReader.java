package dev.posthorn.config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * Reads values and collects what is wrong with them, so that a user sees all of it at once; for a wrong value it answers with the
 * default.
 */
final class ConfigReader {

    /** So that a dozen times of it can still be counted in nanoseconds. */
    static final Duration LONGEST = Duration.ofDays(7300);

    /** As long as the columns of names. */
    static final int LONGEST_NAME = 255;

    private final Config config;
    private final List<String> problems;

    ConfigReader(Config config, List<String> problems) {
        this.config = config;
        this.problems = problems;
    }

    Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A name that becomes part of rows. */
    String name(String what, String key, String fallback) {
        String name = text(key).orElse(fallback);
        if (name.length() > LONGEST_NAME) {
            problems.add(ConfigMessages.tooLong(what, key, name.length(), LONGEST_NAME));
        }
        return name;
    }

    /** Receivers parse it, and could read no event at all if it is none. */
    String uriReference(String key, String fallback) {
        return read(
                key,
                fallback,
                text -> URI.create(text).toString(),
                value -> true,
                "a URI reference, such as " + fallback + " or https://example.org/shop");
    }

    Duration duration(String key, Duration fallback, Duration least) {
        return read(
                key,
                fallback,
                text -> Duration.parse(text),
                value -> value.compareTo(least) >= 0 && value.compareTo(LONGEST) <= 0,
                "an ISO-8601 duration of at least " + least + " and at most P7300D (20 years), such as " + fallback);
    }

    int positiveInt(String key, int fallback) {
        return read(key, fallback, Integer::valueOf, value -> value > 0, wholeNumber(Integer.MAX_VALUE, fallback));
    }

    long positiveLong(String key, long fallback) {
        return read(key, fallback, Long::valueOf, value -> value > 0, wholeNumber(Long.MAX_VALUE, fallback));
    }

    private static String wholeNumber(long most, long fallback) {
        return "a whole number from 1 to " + most + ", such as " + fallback;
    }

    double fraction(String key, double fallback) {
        return read(
                key,
                fallback,
                Double::valueOf,
                value -> value >= 0 && value < 1,
                "a number from 0 to below 1, such as " + fallback);
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
        List<String> allowed = List.of(type.getEnumConstants()).stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return read(
                key,
                fallback,
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
                value -> true,
                "one of " + allowed);
    }

    private <T> T read(String key, T fallback, Function<String, T> parse, Predicate<T> allowed, String expected) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            T value = parse.apply(text.get());
            if (allowed.test(value)) {
                return value;
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // reported below, with what would be right
        }
        problems.add(ConfigMessages.notAllowed(key, text.get(), expected));
        return fallback;
    }
}
