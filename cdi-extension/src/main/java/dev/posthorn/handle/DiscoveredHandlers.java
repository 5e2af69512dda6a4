package dev.posthorn.handle;

import static java.util.Objects.requireNonNull;

import dev.posthorn.EventMiddleware;
import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IdempotencyKey;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.IntegrationEventHandler;
import dev.posthorn.capture.KeyReader;
import dev.posthorn.inbox.HandledType;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** The handlers and the middleware that were seen at deployment, and what is wrong with them. */
public final class DiscoveredHandlers {

    // Not the raw types, which only beans of raw types have.
    private static final Type ANY_HANDLER = new TypeLiteral<IntegrationEventHandler<?>>() {}.getType();
    private static final Type ANY_MIDDLEWARE = new TypeLiteral<EventMiddleware<?>>() {}.getType();

    private final List<Handler> handlers = new ArrayList<>();
    private final List<Middleware> middleware = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** An observer that declares {@link dev.posthorn.Received}. */
    public void addObserver(ObserverMethod<?> observer, String method) {
        String name = observer.getBeanClass().getName() + "." + method;
        if (observer.isAsync()) {
            problems.add(name
                    + " observes received events with @ObservesAsync: what it throws would be lost, and the event count as"
                    + " handled. Use @Observes.");
        } else if (observer.getTransactionPhase() != TransactionPhase.IN_PROGRESS) {
            problems.add(name + " observes received events in the phase " + observer.getTransactionPhase()
                    + ": what it throws would be lost, and the event count as handled. Leave out the phase.");
        } else if (observer.getObservedType() instanceof Class<?> eventClass && isEvent(eventClass)) {
            handlers.add(new ObserverHandler(unique(name), observer, eventClass));
        } else {
            problems.add(name + " observes received events as "
                    + observer.getObservedType().getTypeName()
                    + ", which is no class annotated @IntegrationEvent: it would never be called. Observe the class that events are to be"
                    + " read into, and annotate it.");
        }
    }

    /** The beans of {@link IntegrationEventHandler} and of {@link EventMiddleware}. */
    public void addBeans(BeanManager beanManager) {
        for (Bean<?> bean : beanManager.getBeans(ANY_HANDLER, Any.Literal.INSTANCE)) {
            Optional<BeanUse> use = BeanUse.of(beanManager, bean, IntegrationEventHandler.class);
            Optional<Class<?>> eventClass = use.flatMap(BeanUse::eventClass).filter(DiscoveredHandlers::isEvent);
            if (eventClass.isPresent()) {
                handlers.add(new BeanHandler(unique(use.get().name()), use.get(), eventClass.get()));
            } else {
                problems.add(bean.getBeanClass().getName()
                        + " is an IntegrationEventHandler and doesn't say of which class annotated @IntegrationEvent: it would never be"
                        + " called. Implement IntegrationEventHandler<OrderPlaced>, for instance.");
            }
        }
        for (Bean<?> bean : beanManager.getBeans(ANY_MIDDLEWARE, Any.Literal.INSTANCE)) {
            Optional<BeanUse> use = BeanUse.of(beanManager, bean, EventMiddleware.class);
            Optional<Class<?>> eventClass = use.flatMap(BeanUse::eventClass);
            if (eventClass.isPresent()) {
                middleware.add(new Middleware(use.get(), eventClass.get()));
            } else {
                problems.add(bean.getBeanClass().getName()
                        + " is an EventMiddleware and doesn't say around which events: it would never be called. Implement"
                        + " EventMiddleware<Object> for all, or EventMiddleware<OrderPlaced>, for instance.");
            }
        }
    }

    public boolean isEmpty() {
        return handlers.isEmpty() && problems.isEmpty();
    }

    /** The classes that events are read into. */
    public Set<Class<?>> eventClasses() {
        Set<Class<?>> classes = new HashSet<>();
        handlers.forEach(handler -> classes.add(handler.eventClass()));
        return classes;
    }

    /** All that is wrong, each with the remedy. */
    public List<String> problems(Config config) {
        List<String> all = new ArrayList<>(problems);
        for (Class<?> eventClass : eventClasses()) {
            try {
                EventType.of(eventClass, config);
                KeyReader.of(eventClass, IdempotencyKey.class);
            } catch (EventNotPublishableException | IllegalArgumentException e) {
                all.add(String.valueOf(e.getMessage()));
            }
        }
        for (Middleware each : middleware) {
            if (eventClasses().stream().noneMatch(each::standsAround)) {
                all.add(each.bean().name() + " is middleware around events of "
                        + each.eventClass().getName()
                        + ", which no handler takes: it would never be called. Name a class that a handler takes, or one that it extends or"
                        + " implements.");
            }
        }
        return all;
    }

    /** The types that are handled, by their logical names. */
    public Map<String, HandledType> types(Config config, EventSerializer serializer, RequestScope requestScope) {
        Map<String, List<Handler>> byType = new LinkedHashMap<>();
        Map<String, EventType> types = new HashMap<>();
        for (Handler handler : handlers) {
            EventType type = EventType.of(handler.eventClass(), config).orElseThrow();
            types.putIfAbsent(type.name(), type);
            byType.computeIfAbsent(type.name(), name -> new ArrayList<>()).add(handler);
        }
        Map<String, HandledType> received = new HashMap<>();
        byType.forEach((name, ofType) ->
                received.put(name, receivedType(requireNonNull(types.get(name)), ofType, serializer, requestScope)));
        return Map.copyOf(received);
    }

    private ReceivedType receivedType(
            EventType type, List<Handler> ofType, EventSerializer serializer, RequestScope requestScope) {
        Map<Class<?>, KeyReader> keys = new HashMap<>();
        ofType.forEach(
                handler -> keys.put(handler.eventClass(), KeyReader.of(handler.eventClass(), IdempotencyKey.class)));
        return new ReceivedType(
                type.name(),
                type.ordered(),
                type.whenDead(),
                // By name where the priority is the same, so that the order is the same on all nodes.
                ofType.stream()
                        .sorted(Comparator.comparingInt(Handler::priority).thenComparing(Handler::name))
                        .toList(),
                middleware.stream()
                        .filter(each -> keys.keySet().stream().anyMatch(each::standsAround))
                        .sorted(Comparator.comparingInt(Middleware::priority)
                                .thenComparing(each -> each.bean().name()))
                        .toList(),
                Map.copyOf(keys),
                serializer,
                requestScope);
    }

    private static boolean isEvent(Class<?> javaClass) {
        return javaClass.isAnnotationPresent(IntegrationEvent.class);
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
