package dev.posthorn.type;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * A published type: what {@link IntegrationEvent} says of a class, with its defaults, as overridden by Config.
 *
 * @param name the logical type
 */
public record EventType(
        Class<?> javaClass, String name, String channel, String topic, boolean ordered, WhenDead whenDead) {

    /** Names the channel of events that name none. */
    public static final String DEFAULT_CHANNEL_KEY = "posthorn.channel";

    /** The channel of events that name none, unless {@link #DEFAULT_CHANNEL_KEY} says otherwise. */
    public static final String DEFAULT_CHANNEL = "posthorn";

    /** The prefix of what Config says of one type. */
    public static final String PREFIX = "posthorn.event.";

    /**
     * The type as which instances of this very class are published, if they are.
     *
     * @throws EventNotPublishableException if the annotation stands where it can't mean anything
     */
    public static Optional<EventType> of(Class<?> javaClass, Config config) {
        IntegrationEvent annotation = javaClass.getAnnotation(IntegrationEvent.class);
        if (annotation == null) {
            return Optional.empty();
        }
        Class<?> annotated = declaring(javaClass);
        if (annotated.isInterface() || annotated.isAnnotation()) {
            throw new EventNotPublishableException(
                    "POSTHORN-1220 @IntegrationEvent on " + annotated.getName()
                            + " has no effect: interfaces are not published. Annotate the classes or records that implement it.");
        }
        String name = orElse(annotation.type(), annotated.getSimpleName());
        return Optional.of(new EventType(
                annotated,
                name,
                text(config, name, "channel")
                        .orElseGet(() -> orElse(
                                annotation.channel(),
                                config.getOptionalValue(DEFAULT_CHANNEL_KEY, String.class)
                                        .orElse(DEFAULT_CHANNEL))),
                text(config, name, "topic").orElseGet(() -> orElse(annotation.topic(), annotated.getSimpleName())),
                text(config, name, "ordered").map(text -> flag(name, text)).orElse(annotation.ordered()),
                text(config, name, "when-dead")
                        .map(text -> whenDead(name, text))
                        .orElse(annotation.whenDead())));
    }

    private static Class<?> declaring(Class<?> javaClass) {
        Class<?> declaring = javaClass;
        while (declaring.getDeclaredAnnotation(IntegrationEvent.class) == null) {
            declaring = declaring.getSuperclass();
        }
        return declaring;
    }

    private static Optional<String> text(Config config, String type, String member) {
        return config.getOptionalValue(PREFIX + type + "." + member, String.class);
    }

    /** Config would take whatever it does not know for false, and the order of a key would be lost. */
    private static boolean flag(String type, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on", "1" -> true;
            case "false", "no", "n", "off", "0" -> false;
            default -> throw notAllowed(type, "ordered", text, "true or false", null);
        };
    }

    private static WhenDead whenDead(String type, String text) {
        try {
            return WhenDead.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw notAllowed(type, "when-dead", text, "one of block, park, skip", e);
        }
    }

    private static EventNotPublishableException notAllowed(
            String type, String member, String text, String expected, @Nullable Throwable cause) {
        return new EventNotPublishableException(
                "POSTHORN-6005 " + PREFIX + type + "." + member + "=" + Printable.text(text)
                        + " is not allowed. It must be " + expected + ".",
                cause);
    }

    private static String orElse(String value, String fallback) {
        return value.isEmpty() ? fallback : value;
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
