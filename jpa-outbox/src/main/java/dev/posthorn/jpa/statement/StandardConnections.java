package dev.posthorn.jpa.statement;

import jakarta.persistence.EntityManager;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections as Jakarta Persistence lends them from 3.2 on, by {@code EntityManager.callWithConnection(ConnectionFunction)}. The API that
 * this is compiled against has neither of the two, so both are looked up.
 */
final class StandardConnections {

    private static final String CALL = "callWithConnection";

    private final MethodHandle call;
    private final Class<?> functionType;

    private StandardConnections(MethodHandle call, Class<?> functionType) {
        this.call = call;
        this.functionType = functionType;
    }

    /** Empty for an API that has no such method. */
    static Optional<StandardConnections> of(Class<? extends EntityManager> api) {
        return Arrays.stream(api.getMethods())
                .filter(method -> method.getName().equals(CALL) && method.getParameterCount() == 1)
                .findFirst()
                .flatMap(StandardConnections::of);
    }

    private static Optional<StandardConnections> of(Method method) {
        try {
            MethodHandle call = MethodHandles.publicLookup()
                    .unreflect(method)
                    .asType(MethodType.methodType(Object.class, EntityManager.class, Object.class));
            return Optional.of(new StandardConnections(call, method.getParameterTypes()[0]));
        } catch (IllegalAccessException e) {
            return Optional.empty();
        }
    }

    /** Does work with the connection. Empty if it is not handed over, by whatever the provider says that. */
    <T> Optional<T> lend(EntityManager em, Function<Connection, T> work) {
        Work<T> once = new Work<>(work);
        try {
            Object ignored = call.invokeExact(em, function(once));
        } catch (Throwable e) {
            return once.result(e);
        }
        return once.result(null);
    }

    private Object function(Work<?> work) {
        return Proxy.newProxyInstance(
                functionType.getClassLoader(), new Class<?>[] {functionType}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(work, arguments);
                    }
                    return work.apply(arguments[0]);
                });
    }

    /** Keeps its outcome: providers may wrap what it throws. */
    private static final class Work<T> {

        private final Function<Connection, T> work;
        private Optional<T> result = Optional.empty();
        private @Nullable RuntimeException failure;

        Work(Function<Connection, T> work) {
            this.work = work;
        }

        @Nullable
        Object apply(@Nullable Object lent) {
            if (lent instanceof Connection connection) {
                try {
                    result = Optional.of(work.apply(connection));
                } catch (RuntimeException e) {
                    failure = e;
                    throw e;
                }
            }
            return null;
        }

        Optional<T> result(@Nullable Throwable thrown) {
            if (failure != null) {
                throw failure;
            }
            if (thrown instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            return result;
        }
    }
}
