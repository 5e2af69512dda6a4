package dev.posthorn.jpa.dialect;

import java.util.Arrays;
import java.util.Optional;

/** The databases that Posthorn has SQL for. The names are those that Config knows. */
public enum SupportedDatabase {
    POSTGRESQL("PostgreSQL", new PostgreSqlDialect()),
    H2("H2", new Dialect("h2", Dialect.epochMillis("CURRENT_TIMESTAMP"))),
    MARIADB("MariaDB", new MariaDbDialect()),
    MYSQL("MySQL", new MySqlDialect()),
    DERBY("Apache Derby", new DerbyDialect());

    private final String product;

    @SuppressWarnings("ImmutableEnumChecker") // nothing in it changes
    private final Dialect dialect;

    SupportedDatabase(String product, Dialect dialect) {
        this.product = product;
        this.dialect = dialect;
    }

    public static Optional<SupportedDatabase> of(DatabaseProduct product) {
        return Arrays.stream(values())
                .filter(database -> product.name().startsWith(database.product))
                .findAny();
    }

    public Dialect dialect() {
        return dialect;
    }
}
