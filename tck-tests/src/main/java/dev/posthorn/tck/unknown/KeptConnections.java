package dev.posthorn.tck.unknown;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Hands over an EntityManager of a provider that nobody knows, and that keeps its connections to itself. */
@ApplicationScoped
public class KeptConnections {

    @PersistenceContext
    private EntityManager em;

    @Produces
    @Outbox
    EntityManager kept() {
        return (EntityManager) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDelegate" -> proxy;
                    case "unwrap", "callWithConnection", "runWithConnection" ->
                        throw new PersistenceException("connections are kept");
                    default -> call(method, arguments);
                });
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(em, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
