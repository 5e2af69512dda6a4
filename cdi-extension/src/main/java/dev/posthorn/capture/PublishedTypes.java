package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.log.Printable;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.type.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.config.Config;

/** How each class is published, if it is: also classes that nobody could see at deployment. */
public final class PublishedTypes {

    /** The longest name of a type, a topic or a channel that can be stored. */
    static final int LONGEST_NAME = 255;

    private final Config config;
    private final Set<String> channels;
    private final ConcurrentMap<String, Class<?>> classOfName = new ConcurrentHashMap<>();
    private final ToldApart apart;

    private final ClassValue<Optional<PublishedType>> ofClass = new ClassValue<>() {
        @Override
        protected Optional<PublishedType> computeValue(Class<?> type) {
            return EventType.of(type, config).map(found -> {
                PublishedType published = new PublishedType(check(found), KeyReader.of(type));
                apart.published(type, found);
                return published;
            });
        }
    };

    /** @param channels those that events can be sent on */
    public PublishedTypes(Config config, Set<String> channels, SerializerRules rules) {
        this.config = config;
        this.apart = new ToldApart(rules);
        this.channels = channels;
    }

    /**
     * @param type the exact class of an event
     * @throws EventNotPublishableException if it should be published but can't be
     */
    Optional<PublishedType> of(Class<?> type) {
        return ofClass.get(type);
    }

    private EventType check(EventType type) {
        if (!channels.contains(type.channel())) {
            throw new EventNotPublishableException(
                    "POSTHORN-1208 Nothing sends on channel '" + type.channel() + "', which "
                            + type.javaClass().getName()
                            + " names, and the class was not found at deployment. Configure mp.messaging.outgoing."
                            + type.channel()
                            + ".connector and add posthorn.channels=" + type.channel() + ".");
        }
        List<String> tooLong = tooLong(type);
        if (!tooLong.isEmpty()) {
            throw new EventNotPublishableException(String.join("\n", tooLong));
        }
        Class<?> other = classOfName.putIfAbsent(type.name(), type.javaClass());
        if (other != null && other != type.javaClass()) {
            throw new EventNotPublishableException(duplicate(type.name(), other, type.javaClass()));
        }
        return type;
    }

    /** A problem for each name that several classes have: receivers know nothing but the name. */
    public static List<String> problems(Collection<EventType> types) {
        Map<String, Class<?>> classOfName = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (EventType type : types) {
            Class<?> other = classOfName.putIfAbsent(type.name(), type.javaClass());
            if (other != null && other != type.javaClass()) {
                problems.add(duplicate(type.name(), other, type.javaClass()));
            }
            problems.addAll(tooLong(type));
            keyProblem(type).ifPresent(problems::add);
        }
        return problems;
    }

    private static List<String> tooLong(EventType type) {
        List<String> problems = new ArrayList<>();
        if (type.name().length() > LONGEST_NAME) {
            problems.add(tooLong("type", type, type.name(), "Shorten it: @IntegrationEvent(type = \"...\")"));
        }
        if (type.topic().length() > LONGEST_NAME) {
            problems.add(tooLong("topic", type, type.topic(), setKey(type, "topic")));
        }
        if (type.channel().length() > LONGEST_NAME) {
            problems.add(tooLong("channel", type, type.channel(), setKey(type, "channel")));
        }
        return problems;
    }

    private static String tooLong(String what, EventType type, String name, String remedy) {
        return "POSTHORN-1206 The " + what + " of " + type.javaClass().getName() + " has " + name.length()
                + " characters, and " + LONGEST_NAME + " is the most that can be stored. " + remedy + ".";
    }

    /** Config is above the annotation, wherever the name is written now. */
    private static String setKey(EventType type, String member) {
        return "Set " + Printable.text(EventType.PREFIX + type.name() + "." + member) + " to a shorter one";
    }

    private static Optional<String> keyProblem(EventType type) {
        try {
            KeyReader.of(type.javaClass());
            return Optional.empty();
        } catch (EventNotPublishableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String duplicate(String name, Class<?> one, Class<?> other) {
        return "POSTHORN-1209 Two classes are published as type '" + name + "': " + one.getName() + " and "
                + other.getName()
                + ". Receivers could not tell them apart. Give one of them another name: @IntegrationEvent(type = \"...\").";
    }
}
