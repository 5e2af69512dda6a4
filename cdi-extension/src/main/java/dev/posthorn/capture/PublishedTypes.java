package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
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

    private final Config config;
    private final Set<String> channels;
    private final ConcurrentMap<String, Class<?>> classOfName = new ConcurrentHashMap<>();

    private final ClassValue<Optional<PublishedType>> ofClass = new ClassValue<>() {
        @Override
        protected Optional<PublishedType> computeValue(Class<?> type) {
            return EventType.of(type, config).map(found -> new PublishedType(check(found), KeyReader.of(type)));
        }
    };

    /** @param channels those that events can be sent on */
    public PublishedTypes(Config config, Set<String> channels) {
        this.config = config;
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
            throw new EventNotPublishableException("Nothing sends on channel '" + type.channel() + "', which "
                    + type.javaClass().getName()
                    + " names, and the class was not found at deployment. Configure mp.messaging.outgoing."
                    + type.channel()
                    + ".connector and add posthorn.channels=" + type.channel() + ".");
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
            keyProblem(type).ifPresent(problems::add);
        }
        return problems;
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
        return "Two classes are published as type '" + name + "': " + one.getName() + " and " + other.getName()
                + ". Receivers could not tell them apart. Give one of them another name: @IntegrationEvent(type = \"...\").";
    }
}
