package dev.posthorn.jpa.dialect;

import java.util.Optional;

/** MariaDB. */
final class MariaDbDialect extends InnoDbDialect {

    MariaDbDialect() {
        super("mariadb");
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
