package dev.posthorn.type;

import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * What Config says of one type. What is not allowed counts as if it were not there, so that everything else is still known of the type.
 *
 * @param problems is told each value that is not allowed
 */
record TypeValues(Config config, String type, Consumer<String> problems) {

    Optional<String> text(String member) {
        return config.getOptionalValue(key(member), String.class);
    }

    /** Config would take whatever it does not know for false, and the order of a key would be lost. */
    Optional<Boolean> flag(String member) {
        return allowed(member, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on", "1" -> Optional.of(true);
            case "false", "no", "n", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    Optional<WhenDead> whenDead(String member) {
        return allowed(member, "one of block, park, skip", text -> Stream.of(WhenDead.values())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst());
    }

    private <T> Optional<T> allowed(String member, String expected, Function<String, Optional<T>> parse) {
        Optional<String> text = text(member);
        Optional<T> value = text.map(String::strip).flatMap(parse);
        if (value.isEmpty()) {
            text.ifPresent(wrong -> problems.accept("POSTHORN-6005 " + key(member) + "=" + Printable.text(wrong)
                    + " is not allowed. It must be " + expected + "."));
        }
        return value;
    }

    private String key(String member) {
        return EventType.PREFIX + type + "." + member;
    }
}
