package dev.posthorn.handle;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IdempotencyKey;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.capture.KeyReader;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.type.EventType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Finds out which events come to which handlers. An event is handled as what it was published as: a handler gets those of its class
 * and of subclasses, as an observer would where the event was fired. Of which class one is, its type says, or its data. Where neither
 * does, the handler is a problem.
 */
final class Routing {

    private final Config config;
    private final SerializerRules rules;
    private final Set<Class<?>> annotated = new LinkedHashSet<>();
    private final List<Route> routes = new ArrayList<>();
    private final Set<String> problems = new LinkedHashSet<>();

    /** @param annotated classes that are annotated themselves, as far as they are known */
    Routing(Config config, SerializerRules rules, Set<Class<?>> annotated) {
        this.config = config;
        this.rules = rules;
        this.annotated.addAll(annotated);
    }

    List<Route> routes() {
        return routes;
    }

    /** Each once, although several handlers may take a type. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    void addAll(List<Handler> handlers) {
        handlers.forEach(handler -> withPermitted(handler.eventClass())
                .filter(Routing::isAnnotatedItself)
                .forEach(annotated::add));
        handlers.forEach(this::add);
    }

    private void add(Handler handler) {
        try {
            List<Route> found = find(handler);
            if (found.isEmpty()) {
                problems.add(RoutingProblems.neverCalled(handler));
            }
            found.forEach(this::check);
            routes.addAll(found);
        } catch (EventNotPublishableException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private List<Route> find(Handler handler) {
        Class<?> wanted = handler.eventClass();
        List<Route> found = new ArrayList<>();
        EventType.of(wanted, config, problems::add).ifPresent(type -> found.add(route(type, handler)));
        for (Class<?> subclass : annotated) {
            if (wanted != Object.class && wanted != subclass && wanted.isAssignableFrom(subclass)) {
                EventType.of(subclass, config, problems::add)
                        .map(type -> route(type, handler))
                        .filter(route -> isNew(route, found))
                        .ifPresent(found::add);
            }
        }
        if (found.size() > 1) {
            found.removeIf(route -> route.read() == wanted && isAbstract(route));
        }
        return found;
    }

    /** Whether there are events of subclasses alone, which have types of their own. */
    private boolean isAbstract(Route route) {
        return Modifier.isAbstract(route.read().getModifiers())
                && rules.unreadable(route.read()).isPresent();
    }

    private Route route(EventType type, Handler handler) {
        return new Route(type, classOf(type), handler);
    }

    /** The class of a type: the topmost one that has it. */
    private Class<?> classOf(EventType type) {
        Class<?> top = type.javaClass();
        for (Class<?> c = top.getSuperclass(); c != null; c = c.getSuperclass()) {
            if (EventType.of(c, config, problems::add)
                    .filter(of -> of.name().equals(type.name()))
                    .isPresent()) {
                top = c;
            }
        }
        return top;
    }

    /** What can't be read here is published alone. */
    private boolean isNew(Route route, List<Route> found) {
        Optional<Route> sameType = found.stream()
                .filter(other -> other.type().name().equals(route.type().name()))
                .findFirst();
        if (sameType.isEmpty()) {
            return rules.unreadable(route.read()).isEmpty();
        }
        if (sameType.get().read() != route.read()) {
            problems.add(RoutingProblems.ambiguous(sameType.get(), route));
        }
        return false;
    }

    private void check(Route route) {
        KeyReader.of(route.handler().eventClass(), IdempotencyKey.class);
        KeyReader.of(route.read(), IdempotencyKey.class);
        if (!route.takesAll() && !rules.tells(route.read(), route.handler().eventClass())) {
            problems.add(RoutingProblems.notTold(route));
        } else {
            rules.unreadable(route.read()).ifPresent(why -> problems.add(RoutingProblems.unreadable(route, why)));
        }
    }

    /** Whether middleware around events of this class may ever be called. */
    boolean reaches(Class<?> javaClass) {
        return routes.stream().anyMatch(route -> reaches(javaClass, route));
    }

    private boolean reaches(Class<?> javaClass, Route route) {
        return javaClass.isAssignableFrom(route.read())
                || javaClass.isAssignableFrom(route.handler().eventClass())
                || (javaClass.isInterface() || route.read().isAssignableFrom(javaClass))
                        && rules.tells(route.read(), javaClass);
    }

    private static boolean isAnnotatedItself(Class<?> javaClass) {
        return javaClass.getDeclaredAnnotation(IntegrationEvent.class) != null && !javaClass.isInterface();
    }

    private static Stream<Class<?>> withPermitted(Class<?> javaClass) {
        return javaClass.isSealed()
                ? Stream.concat(
                        Stream.of(javaClass),
                        Stream.of(javaClass.getPermittedSubclasses()).flatMap(Routing::withPermitted))
                : Stream.of(javaClass);
    }
}
