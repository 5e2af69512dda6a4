package dev.posthorn.jpa.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An EntityManager of Jakarta Persistence 3.2 lends its connection as the standard has it; these tests run with an earlier API. */
class StandardConnectionsTest {

    /** As in 3.2. */
    public interface ConnectionFunction<C, T> {
        T apply(@Nullable C connection) throws Exception;
    }

    /** As in 3.2. */
    public interface LaterEntityManager extends EntityManager {
        <C, T> T callWithConnection(ConnectionFunction<C, T> function);
    }

    /** What a provider does with a function. */
    private interface Provider {
        @Nullable
        Object call(ConnectionFunction<Object, Object> function) throws Exception;
    }

    private final Connection connection = proxy(Connection.class, argument -> "the connection");
    private final StandardConnections connections =
            StandardConnections.of(LaterEntityManager.class).orElseThrow();

    @Test
    void anEarlierApiHasNoSuchMethod() {
        assertEquals(Optional.empty(), StandardConnections.of(EntityManager.class));
    }

    @Test
    void theWorkIsDoneWithTheConnectionThatIsLent() {
        Optional<Connection> lent = connections.lend(provider(function -> function.apply(connection)), used -> used);

        assertSame(connection, lent.orElseThrow());
    }

    @Test
    void whatTheWorkThrowsIsThrownAsItIs() {
        IllegalStateException failure = new IllegalStateException("refused");

        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> connections.lend(provider(StandardConnectionsTest.this::wrapped), used -> {
                            throw failure;
                        })));
    }

    private @Nullable Object wrapped(ConnectionFunction<Object, Object> function) {
        try {
            return function.apply(connection);
        } catch (Exception e) {
            throw new PersistenceException(e);
        }
    }

    /** Then it is asked for in the ways that providers had before. */
    @Test
    void whoLendsNoneIsNotHeldToIt() {
        assertNothingIsLent(provider(function -> function.apply(null)));
        assertNothingIsLent(provider(function -> function.apply("a connection of another kind")));
        assertNothingIsLent(provider(function -> {
            throw new UnsupportedOperationException();
        }));
        assertNothingIsLent(provider(function -> {
            throw new AbstractMethodError("a proxy from before");
        }));
    }

    private void assertNothingIsLent(EntityManager em) {
        assertEquals(Optional.empty(), connections.lend(em, used -> "done"));
    }

    @SuppressWarnings("unchecked")
    private static EntityManager provider(Provider provider) {
        return proxy(
                LaterEntityManager.class,
                function -> provider.call((ConnectionFunction<Object, Object>) Objects.requireNonNull(function)));
    }

    /** What a method of one argument, or of none, answers. */
    private interface Answer {
        @Nullable
        Object to(@Nullable Object argument) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(arguments == null ? null : arguments[0])));
    }
}
