package dev.posthorn.handle;

import static dev.posthorn.log.Printable.text;

import dev.posthorn.log.Printable;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.stream.Stream;

/** What is wrong with handlers, each with the remedy. */
final class RoutingProblems {

    private RoutingProblems() {}

    static String neverCalled(Handler handler) {
        Class<?> wanted = handler.eventClass();
        return "POSTHORN-5301 " + text(handler.name()) + " handles received events as " + wanted.getName()
                + ", which is no class annotated @IntegrationEvent, nor has it subclasses here that are: it would never be called. "
                + whatToAnnotate(wanted);
    }

    private static String whatToAnnotate(Class<?> wanted) {
        if (isOfThePlatform(wanted) || wanted.isArray()) {
            return "Take a class of your own, which events are to be read into:\n"
                    + "    @IntegrationEvent public record OrderPlaced(String id) {}";
        }
        if (wanted.isInterface()) {
            return "Annotate the classes or records that implement it: interfaces are not published.";
        }
        return "Take the class that events are to be read into, and annotate it:\n    @IntegrationEvent public "
                + (wanted.isRecord() ? "record " : "class ") + wanted.getSimpleName() + " ...";
    }

    /** Primitive types too, whose package is that of Object. */
    private static boolean isOfThePlatform(Class<?> javaClass) {
        return Stream.of("java.", "javax.", "jakarta.").anyMatch(javaClass.getPackageName()::startsWith);
    }

    /** The handler takes a subclass of the class that is published. */
    static String notTold(Route route) {
        Class<?> wanted = route.handler().eventClass();
        Class<?> published = route.read();
        String subtype = "@JsonbSubtype(alias = \"" + wanted.getSimpleName().toLowerCase(Locale.ROOT) + "\", type = "
                + wanted.getSimpleName() + ".class)";
        if (published.getDeclaredAnnotation(JsonbTypeInfo.class) != null) {
            return "POSTHORN-5302 " + text(route.handler().name()) + " handles " + wanted.getName()
                    + ", which the @JsonbTypeInfo of "
                    + published.getName() + " does not name: it would never be called. Add to it, here and where "
                    + wanted.getSimpleName() + " is published:\n    " + subtype;
        }
        return "POSTHORN-5303 " + text(route.handler().name()) + " handles " + wanted.getName()
                + ", which is published as type '"
                + text(route.type().name()) + "', as " + published.getName()
                + " and all its subclasses are. Nothing says which of them"
                + " an event is, so the handler would be called for each, with data that is not its own. Give the subclass a type"
                + " of its own, here and where it is published (its topic is its own then, too):\n"
                + "    @IntegrationEvent(topic = \"" + text(route.type().topic()) + "\") public class "
                + wanted.getSimpleName()
                + " ...\nor let the data say what it is, on " + published.getSimpleName() + " at both places:\n"
                + "    @JsonbTypeInfo({" + subtype + ", ...})\nor handle " + published.getName() + ".";
    }

    static String unreadable(Route route, String why) {
        return "POSTHORN-5304 " + text(route.handler().name()) + " handles events of type '"
                + text(route.type().name())
                + "', and none of them could be read: " + Printable.upTo(1000, why) + ". " + remedy(route.read());
    }

    private static String remedy(Class<?> read) {
        return Modifier.isAbstract(read.getModifiers()) && read.getDeclaredAnnotation(JsonbTypeInfo.class) == null
                ? "Annotate subclasses of it @IntegrationEvent, or let it say which of them the data is, here and where it is published:\n"
                        + "    @JsonbTypeInfo({@JsonbSubtype(alias = \"first\", type = First.class), ...})"
                : "Make it a record, or give it a public constructor without parameters.";
    }

    static String ambiguous(Route one, Route other) {
        return "POSTHORN-5305 " + text(one.handler().name()) + " handles events of type '"
                + text(one.type().name()) + "', which are read both into "
                + one.read().getName() + " and into " + other.read().getName()
                + ": it would be called twice for each. Handle one of"
                + " the two classes, or give one of them another type: @IntegrationEvent(type = \"...\").";
    }

    static String middlewareNeverCalled(Middleware middleware) {
        return "POSTHORN-5306 " + text(middleware.bean().name()) + " is middleware around events of "
                + middleware.eventClass().getName()
                + ", which no handler takes: it would never be called. Name a class that a handler takes, or one that it extends or"
                + " implements.";
    }
}
