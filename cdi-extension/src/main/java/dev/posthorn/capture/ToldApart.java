package dev.posthorn.capture;

import dev.posthorn.log.Log;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.type.EventType;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Warns of classes that are published as one type when nothing in their data tells them apart. */
final class ToldApart {

    private static final Log LOG = Log.of("dev.posthorn");

    private final SerializerRules rules;
    private final ConcurrentMap<String, Class<?>> firstOfType = new ConcurrentHashMap<>();

    ToldApart(SerializerRules rules) {
        this.rules = rules;
    }

    /** A class is published for the first time. */
    void published(Class<?> javaClass, EventType type) {
        Class<?> other = firstOfType.putIfAbsent(type.name(), javaClass);
        if (other != null && other != javaClass && !(isTold(javaClass, type) && isTold(other, type))) {
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-1041 " + other.getName() + " and " + javaClass.getName() + " are both published as type '"
                            + type.name()
                            + "', and nothing in their data says which of them an event is: receivers take one for the"
                            + " other. Annotate each of them @IntegrationEvent, or name them on "
                            + type.javaClass().getName()
                            + ":\n    @JsonbTypeInfo({@JsonbSubtype(alias = \"...\", type = "
                            + javaClass.getSimpleName() + ".class), ...})");
        }
    }

    private boolean isTold(Class<?> javaClass, EventType type) {
        return javaClass == type.javaClass() || rules.tells(type.javaClass(), javaClass);
    }
}
