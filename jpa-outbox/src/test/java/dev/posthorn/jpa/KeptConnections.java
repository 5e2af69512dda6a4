package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** EntityManagers of a provider that nobody knows, and that keeps its connections to itself. */
final class KeptConnections {

    private KeptConnections() {}

    static EntityManager of(EntityManager em) {
        return (EntityManager) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDelegate" -> proxy;
                    case "unwrap" -> throw new PersistenceException("there is no " + arguments[0] + " here");
                    default -> call(em, method, arguments);
                });
    }

    private static Object call(EntityManager em, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(em, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
