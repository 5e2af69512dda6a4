package dev.posthorn.jpa.statement;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The connection that an EntityManager works on in its transaction. */
public final class Connections {

    private static final Optional<StandardConnections> STANDARD = StandardConnections.of(EntityManager.class);

    private Connections() {}

    /**
     * Does work with it, whoever the provider is. Empty if the provider does not hand it over: some do not at all, and EclipseLink does
     * not before the first statement of a transaction that it has begun for something else.
     */
    public static <T> Optional<T> lend(EntityManager em, Function<Connection, T> work) {
        return STANDARD.flatMap(standard -> standard.lend(em, work)).or(() -> ofProvider(em, work));
    }

    private static <T> Optional<T> ofProvider(EntityManager em, Function<Connection, T> work) {
        return isHibernate(em)
                ? Optional.of(OfHibernate.lend(em, work))
                : ofOthers(em).map(work);
    }

    private static Optional<Connection> ofOthers(EntityManager em) {
        try {
            @Nullable Connection connection = em.unwrap(Connection.class);
            return Optional.ofNullable(connection);
        } catch (PersistenceException e) {
            // That is how a provider says that it does not.
            return Optional.empty();
        }
    }

    private static boolean isHibernate(EntityManager em) {
        @Nullable Object delegate = em.getDelegate();
        return delegate != null && delegate.getClass().getName().startsWith("org.hibernate.");
    }

    /** Hibernate unwraps no connection, but lends one. Apart, since the class it needs is missing where Hibernate is not in use. */
    private static final class OfHibernate {

        public static <T> T lend(EntityManager em, Function<Connection, T> work) {
            return em.unwrap(Session.class).doReturningWork(work::apply);
        }
    }
}
