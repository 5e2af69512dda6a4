package dev.posthorn.jpa;

import java.util.Optional;

/** MySQL, which has no type for UUIDs: they are texts. */
final class MySqlDialect extends InnoDbDialect {

    MySqlDialect() {
        super("mysql");
    }

    /** The first that has the collation of the tables. */
    @Override
    Optional<String> earliestVersion() {
        return Optional.of("8.0.17");
    }

    @Override
    String uuid(int position) {
        return "?" + position;
    }

    /** From 9.6 on, no generated column may have SHA1. */
    @Override
    String hash(String key) {
        return "UNHEX(SHA2(" + key + ", 256))";
    }

    /** It commits any transaction for DDL, but refuses it in that of an XA data source. */
    @Override
    Optional<String> ddlProcedure() {
        return Optional.of("sys.execute_prepared_stmt");
    }
}
