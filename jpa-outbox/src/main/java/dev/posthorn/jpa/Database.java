package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.Session;

/** Finds out what database is behind an EntityManager. */
final class Database {

    private Database() {}

    /**
     * The dialect that Config names, or else that of the database, which is asked in a transaction of its own.
     *
     * @throws UnknownDatabaseException if it has none, or can't be asked
     */
    static Dialect dialect(StoreConfig config, Transactions transactions) {
        return config.dialect().orElseGet(() -> ask(transactions));
    }

    private static Dialect ask(Transactions transactions) {
        String product = product(transactions);
        return Dialect.ofProduct(product)
                .orElseThrow(() -> new UnknownDatabaseException(Problems.databaseNotSupported(product), null));
    }

    private static String product(Transactions transactions) {
        try {
            return transactions.separately(Database::product);
        } catch (RuntimeException | LinkageError e) {
            throw new UnknownDatabaseException(Problems.databaseNotFound(e), e);
        }
    }

    private static String product(EntityManager em) {
        return isHibernate(em) ? HibernateProduct.of(em) : productOf(em.unwrap(Connection.class));
    }

    private static boolean isHibernate(EntityManager em) {
        return em.getDelegate().getClass().getName().startsWith("org.hibernate.");
    }

    private static String productOf(Connection connection) {
        try {
            return connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hibernate unwraps no connection, but lends one. Apart, since the class it needs is missing where Hibernate is not in use. */
    private static final class HibernateProduct {

        static String of(EntityManager em) {
            return em.unwrap(Session.class).doReturningWork(Database::productOf);
        }
    }
}
