package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.log.Log;
import jakarta.persistence.EntityManager;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What there is in the database. A failed statement ends a transaction, so each look has one of its own. */
final class Catalogue {

    private static final Log LOG = Log.of("dev.posthorn.jpa.Schema");

    private static final String PROBE = "SELECT %s FROM %s WHERE 1 = 0";

    private static final String EXISTS = "SELECT COUNT(*) FROM %s = LOWER(?1)";

    private static final Pattern PARAMETER = Pattern.compile("\\w+(?=[,)])");

    private static final String VERSION = "SELECT COALESCE(MAX(version), 0) FROM %s";

    private final Dialect dialect;
    private final Tables tables;
    private final Transactions transactions;

    Catalogue(Dialect dialect, Tables tables, Transactions transactions) {
        this.dialect = dialect;
        this.tables = tables;
        this.transactions = transactions;
    }

    /** The version of the schema that the tables have; 0 if they have none. */
    int version() {
        try {
            return transactions.separately(em -> Values.integer(
                    Sql.read(em, VERSION.formatted(tables.version())).column().get(0)));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, e, "The version of the schema could not be read.");
            return 0;
        }
    }

    /** Whether there is a table with that name, readable or not. */
    boolean hasTable(String table) {
        return look(em -> exists(em, Tables.unqualified(table))).orElse(false)
                || probe("1", table).isEmpty();
    }

    private boolean exists(EntityManager em, String name) {
        String schema = tables.schema().map(given -> "'" + given + "'").orElse(dialect.currentSchema());
        Sql query =
                Sql.read(em, EXISTS.formatted(dialect.tablesInSchema(schema))).set(1, name);
        return Values.integer(query.column().get(0)) > 0;
    }

    /** Why columns of a table can't be read; empty if they can. */
    Optional<RuntimeException> probe(String columns, String table) {
        return failure(em -> Sql.read(em, PROBE.formatted(columns, table)).rows());
    }

    /** Why a function can't be called; empty if it can. */
    Optional<RuntimeException> probeFunction(String signature) {
        String call = PARAMETER.matcher(signature).replaceAll("NULL");
        return failure(
                em -> Sql.read(em, "SELECT " + call + dialect.fromNothing()).rows());
    }

    /** The indexes of a table; empty if the database does not tell them. */
    Optional<List<Index>> indexes(String table) {
        try {
            Optional<List<Index>> indexes =
                    transactions.separately(em -> new IndexReader(dialect, tables).read(em, table));
            // Each table has a primary key at least.
            return indexes.filter(known -> !known.isEmpty()).or(() -> unknown(table, null));
        } catch (RuntimeException | LinkageError e) {
            return unknown(table, e);
        }
    }

    private static Optional<List<Index>> unknown(String table, @Nullable Throwable failure) {
        String message = "The database does not tell the indexes of {0}, so they are not looked at.";
        if (failure == null) {
            LOG.log(Level.DEBUG, message, table);
        } else {
            LOG.log(Level.DEBUG, failure, message, table);
        }
        return Optional.empty();
    }

    private <T> Optional<T> look(Function<EntityManager, T> work) {
        try {
            return Optional.of(transactions.separately(work));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, e, "The catalog of the database could not be read.");
            return Optional.empty();
        }
    }

    private Optional<RuntimeException> failure(Consumer<EntityManager> work) {
        try {
            return transactions.separately(em -> {
                work.accept(em);
                return Optional.empty();
            });
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
