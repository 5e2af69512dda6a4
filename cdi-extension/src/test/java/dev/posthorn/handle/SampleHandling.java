package dev.posthorn.handle;

import dev.posthorn.EventMiddleware;
import dev.posthorn.HandlingContext;
import dev.posthorn.WhenDead;
import dev.posthorn.inbox.Work;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.type.EventType;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Prioritized;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event with handlers and middleware that write down that they are called. Of CDI there is only what they need. */
final class SampleHandling {

    /** Into which classes the event was read. */
    final List<Class<?>> read = new ArrayList<>();

    /** Who was called, in order. */
    final List<String> called = new ArrayList<>();

    /** In which request scopes. */
    int scopes;

    Function<Class<?>, Object> reading = SampleHandling::empty;

    /** The class of its type, where a handler takes a subclass. */
    final Map<Class<?>, Class<?>> readAs = new HashMap<>();

    private final List<Handler> handlers = new ArrayList<>();
    private final List<Middleware> middleware = new ArrayList<>();

    /** What a handler does beside being called. */
    private final Map<String, Throwable> failures = new HashMap<>();

    void handler(String name, Class<?> eventClass) {
        handlers.add(new Handler() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int priority() {
                return 1;
            }

            @Override
            public Class<?> eventClass() {
                return eventClass;
            }

            @Override
            public void handle(Object event, HandlingContext context) throws Exception {
                called.add(name);
                fail(name);
            }

            @Override
            public void compensate(Object event, HandlingContext context) throws Exception {
                called.add("no " + name);
                fail("no " + name);
            }
        });
    }

    void fails(String name, Throwable failure) {
        failures.put(name, failure);
    }

    private void fail(String name) throws Exception {
        Throwable failure = failures.get(name);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    void middleware(int priority, Class<?> eventClass, EventMiddleware<?> instance) {
        BeanManager beans = proxy(BeanManager.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "createCreationalContext" -> proxy(CreationalContext.class, (context, ofContext, none) -> null);
            case "getReference" -> instance;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        Bean<?> bean = (Bean<?>) Proxy.newProxyInstance(
                SampleHandling.class.getClassLoader(),
                new Class<?>[] {Bean.class, Prioritized.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPriority" -> priority;
                    case "getBeanClass" -> instance.getClass();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        middleware.add(new Middleware(new BeanUse(beans, bean, EventMiddleware.class), eventClass));
    }

    Work open() {
        EventType of = new EventType(Object.class, "Sample", "posthorn", "Sample", true, WhenDead.BLOCK);
        List<Route> routes = handlers.stream()
                .map(handler -> new Route(of, readAs.getOrDefault(handler.eventClass(), handler.eventClass()), handler))
                .toList();
        ReceivedType type = new ReceivedType(
                "Sample", true, WhenDead.BLOCK, routes, middleware, new ConcurrentHashMap<>(), new Reading(), work -> {
                    scopes++;
                    work.proceed();
                });
        return type.open(
                new ReceivedEvent("1", "/sender", false, "Sample", null, "key", null, Map.of(), new byte[0]), "orders");
    }

    /** A record of nothing. */
    private static Object empty(Class<?> wanted) {
        try {
            Constructor<?> constructor = wanted.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(new Object[constructor.getParameterCount()]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Function<Class<?>, Object> throwing(Throwable failure) {
        return wanted -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(SampleHandling.class.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private final class Reading implements EventSerializer {

        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public byte[] serialize(Object event) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
            read.add(type);
            return (T) reading.apply(type);
        }
    }
}
