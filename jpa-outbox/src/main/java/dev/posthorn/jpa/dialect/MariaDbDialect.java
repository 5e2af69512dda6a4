package dev.posthorn.jpa.dialect;

import java.util.Optional;

/** MariaDB. */
final class MariaDbDialect extends InnoDbDialect {

    MariaDbDialect() {
        super("mariadb");
    }

    /** The oldest that the stores are tried on; it takes 10.7 to have UUIDs. */
    @Override
    public Optional<String> earliestVersion() {
        return Optional.of("10.11");
    }

    @Override
    public String returning(String column) {
        return " RETURNING " + column;
    }

    /** It refuses DDL in a transaction of an XA data source, and commits any other transaction for it. */
    @Override
    public Optional<String> outsideTransaction(String ddl) {
        return Optional.of("BEGIN NOT ATOMIC " + ddl + "; SELECT 1; END");
    }
}
