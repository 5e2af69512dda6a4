package dev.posthorn.jpa.transaction;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.DatabaseProduct;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.statement.Connections;
import jakarta.persistence.EntityManager;

/** Finds out what database is behind an EntityManager. */
public final class Database {

    private Database() {}

    /**
     * The dialect that Config names, or else that of the database, which is asked in a transaction of its own.
     *
     * @throws UnknownDatabaseException if it has none, or can't be asked
     */
    public static Dialect dialect(StoreConfig config, Transactions transactions) {
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
        } catch (UnknownDatabaseException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new UnknownDatabaseException(Problems.databaseNotFound(e), e);
        }
    }

    private static DatabaseProduct product(EntityManager em) {
        if (!em.isJoinedToTransaction()) {
            throw new UnknownDatabaseException(Problems.notJoined(), null);
        }
        return Connections.lend(em, DatabaseProduct::of)
                .orElseThrow(() -> new IllegalStateException("the provider hands no connection over"));
    }
}
