package dev.posthorn.handle;

import dev.posthorn.EventMiddleware;
import dev.posthorn.IntegrationEventHandler;
import dev.posthorn.inbox.HandledType;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.type.EventType;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The handlers and the middleware that were seen at deployment, and what is wrong with them. */
public final class DiscoveredHandlers {

    private static final Type ANY_HANDLER = new TypeLiteral<IntegrationEventHandler<?>>() {}.getType();
    private static final Type ANY_MIDDLEWARE = new TypeLiteral<EventMiddleware<?>>() {}.getType();

    private final List<Handler> handlers = new ArrayList<>();
    private final List<Middleware> middleware = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> observersOfFired = new TreeSet<>();

    /** An observer that declares {@link dev.posthorn.Received}. */
    public void addObserver(ObserverMethod<?> observer, String method) {
        String name = observer.getBeanClass().getName() + "." + method;
        if (observer.isAsync()) {
            problems.add("POSTHORN-5307 " + name
                    + " observes received events with @ObservesAsync: what it throws would be lost, and the event count as"
                    + " handled. Use @Observes.");
        } else if (observer.getTransactionPhase() != TransactionPhase.IN_PROGRESS) {
            problems.add(
                    "POSTHORN-5308 " + name + " observes received events in the phase " + observer.getTransactionPhase()
                            + ": what it throws would be lost, and the event count as handled. Leave out the phase.");
        } else if (observer.getObservedType() instanceof Class<?> eventClass) {
            handlers.add(new ObserverHandler(unique(name), observer, eventClass));
        } else {
            problems.add("POSTHORN-5309 " + name + " observes received events as "
                    + observer.getObservedType().getTypeName()
                    + ", which is no class annotated @IntegrationEvent: it would never be called. Observe the class that events are to be"
                    + " read into, and annotate it.");
        }
    }

    /** An observer of what could be received, and it does not say so. */
    public void addObserverOfFired(Class<?> bean, Class<?> eventClass) {
        observersOfFired.add(bean.getName() + " observes " + eventClass.getName());
    }

    /** What may have been meant to be a handler, for people. */
    public Set<String> observersOfFired() {
        return Collections.unmodifiableSet(observersOfFired);
    }

    /** The beans of {@link IntegrationEventHandler} and of {@link EventMiddleware}. */
    public void addBeans(BeanManager beanManager) {
        for (Bean<?> bean : beans(beanManager, ANY_HANDLER, IntegrationEventHandler.class)) {
            Optional<BeanUse> use = BeanUse.of(beanManager, bean, IntegrationEventHandler.class);
            Optional<Class<?>> eventClass = use.flatMap(BeanUse::eventClass);
            if (eventClass.isPresent()) {
                handlers.add(new BeanHandler(unique(use.get().name()), use.get(), eventClass.get()));
            } else {
                problems.add("POSTHORN-5310 " + bean.getBeanClass().getName()
                        + " is an IntegrationEventHandler and doesn't say of which class annotated @IntegrationEvent: it would never be"
                        + " called. Implement IntegrationEventHandler<OrderPlaced>, for instance.");
            }
        }
        for (Bean<?> bean : beans(beanManager, ANY_MIDDLEWARE, EventMiddleware.class)) {
            Optional<BeanUse> use = BeanUse.of(beanManager, bean, EventMiddleware.class);
            Optional<Class<?>> eventClass = use.flatMap(BeanUse::eventClass);
            if (eventClass.isPresent()) {
                middleware.add(new Middleware(use.get(), eventClass.get()));
            } else {
                problems.add("POSTHORN-5311 " + bean.getBeanClass().getName()
                        + " is an EventMiddleware and doesn't say around which events: it would never be called. Implement"
                        + " EventMiddleware<Object> for all, or EventMiddleware<OrderPlaced>, for instance.");
            }
        }
    }

    /** A bean that implements the raw interface does not have the type with a wildcard: it would be overlooked. */
    private static Set<Bean<?>> beans(BeanManager beanManager, Type withWildcard, Class<?> raw) {
        Set<Bean<?>> all = new LinkedHashSet<>(beanManager.getBeans(withWildcard, Any.Literal.INSTANCE));
        all.addAll(beanManager.getBeans(raw, Any.Literal.INSTANCE));
        return all;
    }

    public boolean isEmpty() {
        return handlers.isEmpty() && problems.isEmpty();
    }

    /**
     * Finds out which events come to which handlers.
     *
     * @param annotated event classes of the application, as far as they are known
     */
    public void route(Config config, SerializerRules rules, Set<Class<?>> annotated) {
        Routing routing = new Routing(config, rules, annotated);
        routing.addAll(handlers);
        routes.addAll(routing.routes());
        problems.addAll(routing.problems());
        middleware.stream()
                .filter(each -> !routing.reaches(each.eventClass()))
                .forEach(each -> problems.add(RoutingProblems.middlewareNeverCalled(each)));
    }

    /** The classes that handlers take, and those of the types that come to them. */
    public Set<Class<?>> eventClasses() {
        return Stream.concat(
                        handlers.stream().map(Handler::eventClass),
                        routes.stream().flatMap(route -> Stream.of(route.type().javaClass(), route.read())))
                .collect(Collectors.toSet());
    }

    /** All that is wrong, each with the remedy. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The types that are handled, by their logical names. */
    public Map<String, HandledType> types(EventSerializer serializer, RequestScope requestScope) {
        Map<String, List<Route>> byType = routes.stream()
                .collect(Collectors.groupingBy(route -> route.type().name()));
        Map<String, HandledType> received = new HashMap<>();
        byType.forEach((name, ofType) -> received.put(name, receivedType(ofType, serializer, requestScope)));
        return Map.copyOf(received);
    }

    private ReceivedType receivedType(List<Route> ofType, EventSerializer serializer, RequestScope requestScope) {
        EventType type = ofType.get(0).type();
        return new ReceivedType(
                type.name(),
                type.ordered(),
                type.whenDead(),
                // By name where the priority is the same, so that the order is the same on all nodes.
                ofType.stream()
                        .sorted(Comparator.comparingInt(
                                        (Route route) -> route.handler().priority())
                                .thenComparing(route -> route.handler().name()))
                        .toList(),
                middleware.stream()
                        .sorted(Comparator.comparingInt(Middleware::priority)
                                .thenComparing(each -> each.bean().name()))
                        .toList(),
                new ConcurrentHashMap<>(),
                serializer,
                requestScope);
    }

    /** Several handlers of one name, such as overloaded observers, are numbered. */
    private String unique(String name) {
        String unique = name;
        for (int number = 2; !names.add(unique); number++) {
            unique = name + "#" + number;
        }
        return unique;
    }
}
