package dev.posthorn.capture;

import dev.posthorn.EventNotPublishableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Client proxies of CDI beans and lazy proxies of entities, which inherit the annotation of an event's class and nothing of an event.
 * They are known by name: the libraries are the server's, and need not be there.
 */
final class Proxies {

    /** The interfaces of proxies, and the calls that lead to what is behind one. */
    private static final Map<String, List<String>> WAYS = Map.of(
            "org.jboss.weld.proxy.WeldClientProxy",
            List.of("getMetadata", "getContextualInstance"),
            "org.hibernate.proxy.HibernateProxy",
            List.of("getHibernateLazyInitializer", "getImplementation"));

    private static final int DEEPEST = 5;

    /** The calls for each class; none for one that is no proxy. */
    private static final ClassValue<List<Method>> WAY = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> javaClass) {
            return wayOf(javaClass);
        }
    };

    private Proxies() {}

    /**
     * The object that is meant.
     *
     * @throws EventNotPublishableException if there is none, such as a row that is not there
     */
    static Object behind(Object event) {
        Object behind = event;
        for (int depth = 0; depth < DEEPEST && !WAY.get(behind.getClass()).isEmpty(); depth++) {
            behind = follow(behind, WAY.get(behind.getClass()));
        }
        return behind;
    }

    private static Object follow(Object proxy, List<Method> way) {
        Object behind = proxy;
        for (Method step : way) {
            Object next = call(step, behind, proxy);
            if (next == null) {
                throw notPublishable(proxy, null);
            }
            behind = next;
        }
        return behind;
    }

    private static @Nullable Object call(Method step, Object object, Object proxy) {
        try {
            return step.invoke(object);
        } catch (InvocationTargetException e) {
            throw notPublishable(proxy, e.getCause());
        } catch (IllegalAccessException | RuntimeException e) {
            throw notPublishable(proxy, e);
        }
    }

    private static EventNotPublishableException notPublishable(Object proxy, @Nullable Throwable cause) {
        return new EventNotPublishableException(
                "POSTHORN-1202 " + proxy.getClass().getName()
                        + " is a proxy, and what is behind it can't be had; see the cause. It was not published. Publish an object of your"
                        + " own, such as a record, or call fire where the object can be had.",
                cause);
    }

    private static List<Method> wayOf(Class<?> javaClass) {
        for (Class<?> each : interfacesOf(javaClass, new HashSet<>())) {
            List<String> names = WAYS.get(each.getName());
            if (names != null) {
                return methods(each, names);
            }
        }
        return List.of();
    }

    private static List<Method> methods(Class<?> proxyType, List<String> names) {
        List<Method> methods = new ArrayList<>();
        Class<?> type = proxyType;
        try {
            for (String name : names) {
                Method method = type.getMethod(name);
                methods.add(method);
                type = method.getReturnType();
            }
        } catch (NoSuchMethodException e) {
            throw new EventNotPublishableException(
                    "POSTHORN-1203 A proxy of type " + proxyType.getName()
                            + " is of no version that is known, so what is behind it can't be had. It was not published. Publish an object"
                            + " of your own, such as a record.",
                    e);
        }
        return List.copyOf(methods);
    }

    private static Set<Class<?>> interfacesOf(Class<?> javaClass, Set<Class<?>> found) {
        for (Class<?> c = javaClass; c != null; c = c.getSuperclass()) {
            for (Class<?> each : c.getInterfaces()) {
                if (found.add(each)) {
                    interfacesOf(each, found);
                }
            }
        }
        return found;
    }
}
