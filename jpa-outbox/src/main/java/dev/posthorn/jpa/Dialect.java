package dev.posthorn.jpa;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In what the SQL of the databases differs. The names are those that Config knows. */
enum Dialect {
    POSTGRESQL("PostgreSQL", epochMillis("statement_timestamp()")) {
        @Override
        Optional<String> relaxedDurability() {
            return Optional.of("SET LOCAL synchronous_commit = off");
        }

        @Override
        Optional<String> uuidArray(int position) {
            return Optional.of("CAST(?" + position + " AS uuid[])");
        }
    },
    H2("H2", epochMillis("CURRENT_TIMESTAMP"));

    private final String product;
    private final String now;

    Dialect(String product, String now) {
        this.product = product;
        this.now = now;
    }

    /** The dialect of what JDBC's metadata call {@code product}. */
    static Optional<Dialect> ofProduct(String product) {
        return Arrays.stream(values())
                .filter(dialect -> product.startsWith(dialect.product))
                .findAny();
    }

    /**
     * The time by the clock of the database, in milliseconds. It stands still within a statement: only such an expression can be
     * looked up in an index.
     */
    String now() {
        return now;
    }

    /** A parameter that is bound as text and used as a UUID. */
    String uuid(int position) {
        return "CAST(?" + position + " AS uuid)";
    }

    /** A parameter that is bound as the text of an array, {@code {a,b}}, and used as UUIDs; empty if there is no such thing. */
    Optional<String> uuidArray(int position) {
        return Optional.empty();
    }

    /** The end of a query that wants the first rows alone. */
    String limit(int rows) {
        return "FETCH FIRST " + rows + " ROWS ONLY";
    }

    /** The end of a query that locks what it finds and passes over what others have locked. */
    String skipLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    /**
     * A statement that lets the commit of this very transaction return before it is safe on disk, for what may be done twice: a
     * lost mark is a duplicate, not a loss.
     */
    Optional<String> relaxedDurability() {
        return Optional.empty();
    }

    /** The resource with the tables. */
    String script() {
        return "ddl/" + name().toLowerCase(Locale.ROOT) + ".sql";
    }

    private static String epochMillis(String timestamp) {
        return "CAST(EXTRACT(EPOCH FROM " + timestamp + ") * 1000 AS bigint)";
    }
}
