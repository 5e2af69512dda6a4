package dev.posthorn.jpa.transaction;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.function.Function;
import org.hibernate.Session;

/** The connection that an EntityManager works on in its transaction. */
public final class Connections {

    private Connections() {}

    /** Does work with it, whoever the provider is. */
    public static <T> T lend(EntityManager em, Function<Connection, T> work) {
        return isHibernate(em) ? OfHibernate.lend(em, work) : work.apply(em.unwrap(Connection.class));
    }

    private static boolean isHibernate(EntityManager em) {
        return em.getDelegate().getClass().getName().startsWith("org.hibernate.");
    }

    /** Hibernate unwraps no connection, but lends one. Apart, since the class it needs is missing where Hibernate is not in use. */
    private static final class OfHibernate {

        public static <T> T lend(EntityManager em, Function<Connection, T> work) {
            return em.unwrap(Session.class).doReturningWork(work::apply);
        }
    }
}
