package dev.posthorn.type;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

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
     * @throws EventNotPublishableException if the annotation stands where it can't mean anything, or Config says what is not allowed
     */
    public static Optional<EventType> of(Class<?> javaClass, Config config) {
        List<String> problems = new ArrayList<>();
        Optional<EventType> type = of(javaClass, config, problems::add);
        if (!problems.isEmpty()) {
            throw new EventNotPublishableException(String.join("\n", problems));
        }
        return type;
    }

    /**
     * The same, for whoever reports all that is wrong at once: where Config says what is not allowed, the annotation counts.
     *
     * @param problems is told each value that is not allowed
     * @throws EventNotPublishableException if the annotation stands where it can't mean anything
     */
    public static Optional<EventType> of(Class<?> javaClass, Config config, Consumer<String> problems) {
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
        TypeValues values = new TypeValues(config, name, problems);
        return Optional.of(new EventType(
                annotated,
                name,
                values.text("channel")
                        .orElseGet(() -> orElse(
                                annotation.channel(),
                                config.getOptionalValue(DEFAULT_CHANNEL_KEY, String.class)
                                        .orElse(DEFAULT_CHANNEL))),
                values.text("topic").orElseGet(() -> orElse(annotation.topic(), annotated.getSimpleName())),
                values.flag("ordered").orElse(annotation.ordered()),
                values.whenDead("when-dead").orElse(annotation.whenDead())));
    }

    private static Class<?> declaring(Class<?> javaClass) {
        Class<?> declaring = javaClass;
        while (declaring.getDeclaredAnnotation(IntegrationEvent.class) == null) {
            declaring = declaring.getSuperclass();
        }
        return declaring;
    }

    private static String orElse(String value, String fallback) {
        return value.isEmpty() ? fallback : value;
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
