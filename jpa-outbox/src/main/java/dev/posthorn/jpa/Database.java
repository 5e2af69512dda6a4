package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
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
        DatabaseProduct product = product(transactions);
        Dialect dialect = SupportedDatabase.of(product)
                .orElseThrow(() -> new UnknownDatabaseException(Problems.databaseNotSupported(product.name()), null))
                .dialect();
        dialect.earliestVersion().filter(product::isBefore).ifPresent(earliest -> {
            throw new UnknownDatabaseException(Problems.databaseTooOld(product, earliest), null);
        });
        return dialect;
    }

    private static DatabaseProduct product(Transactions transactions) {
        try {
            return transactions.separately(Database::product);
        } catch (RuntimeException | LinkageError e) {
            throw new UnknownDatabaseException(Problems.databaseNotFound(e), e);
        }
    }

    private static DatabaseProduct product(EntityManager em) {
        return isHibernate(em) ? HibernateProduct.of(em) : DatabaseProduct.of(em.unwrap(Connection.class));
    }

    private static boolean isHibernate(EntityManager em) {
        return em.getDelegate().getClass().getName().startsWith("org.hibernate.");
    }

    /** Hibernate unwraps no connection, but lends one. Apart, since the class it needs is missing where Hibernate is not in use. */
    private static final class HibernateProduct {

        static DatabaseProduct of(EntityManager em) {
            return em.unwrap(Session.class).doReturningWork(DatabaseProduct::of);
        }
    }
}
