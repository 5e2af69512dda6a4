package dev.posthorn.jpa.transaction;

import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.DatabaseProduct;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.statement.Connections;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import java.util.function.Function;

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

    /**
     * The same, at the start: after a look whether the database is what it presents itself as, also if Config names it, and whether it is
     * new enough.
     *
     * @throws UnknownDatabaseException if it has none, or can't be asked, or is another one, or too old
     */
    public static Dialect examined(StoreConfig config, Transactions transactions) {
        Dialect dialect = dialect(config, transactions);
        refuseLookAlikes(dialect, transactions);
        if (config.dialect().isEmpty()) {
            refuseOld(dialect, product(transactions));
        }
        return dialect;
    }

    private static Dialect ask(Transactions transactions) {
        DatabaseProduct product = product(transactions);
        return SupportedDatabase.of(product)
                .orElseThrow(() -> new UnknownDatabaseException(Problems.databaseNotSupported(product.name()), null))
                .dialect();
    }

    private static void refuseOld(Dialect dialect, DatabaseProduct product) {
        dialect.earliestVersion().filter(product::isBefore).ifPresent(earliest -> {
            throw new UnknownDatabaseException(Problems.databaseTooOld(product, earliest), null);
        });
    }

    private static void refuseLookAlikes(Dialect dialect, Transactions transactions) {
        if (dialect.hasLookAlikes()) {
            String version = asked(transactions, Database::version);
            dialect.lookAlike(version).ifPresent(name -> {
                throw new UnknownDatabaseException(Problems.lookAlike(name, version), null);
            });
        }
    }

    /** Drivers tell what they have been told for the sake of programs that know no more than the original. */
    private static String version(EntityManager em) {
        return Values.text(Sql.read(em, "SELECT version()").column().get(0));
    }

    private static DatabaseProduct product(Transactions transactions) {
        return asked(transactions, Database::product);
    }

    private static <T> T asked(Transactions transactions, Function<EntityManager, T> question) {
        try {
            return transactions.separately(question);
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
