package dev.posthorn.jpa.dialect;

import java.util.Map;
import java.util.Optional;

/** MySQL, which has no type for UUIDs: they are texts. */
public final class MySqlDialect extends InnoDbDialect {

    public MySqlDialect() {
        super("mysql");
    }

    /** The first that has the collation of the tables. */
    @Override
    public Optional<String> earliestVersion() {
        return Optional.of("8.0.17");
    }

    /** Its nodes number rows each out of a stock. */
    @Override
    Map<String, String> lookAlikes() {
        return Map.of("TiDB", "TiDB");
    }

    @Override
    public String uuid(int position) {
        return "?" + position;
    }

    /** It commits any transaction for DDL, but refuses it in that of an XA data source. */
    @Override
    public Optional<String> ddlProcedure() {
        return Optional.of("sys.execute_prepared_stmt");
    }
}
