package dev.posthorn.benchmarks.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What one database says otherwise than another about an {@link EventTable}. */
interface Dialect {

    String create(String table);

    void delete(Connection connection, String table, List<Long> ids) throws SQLException;

    /** Lets the transaction's commit return before it is on disk, where that can be had for a single one. */
    void waitForNoDisk(Connection connection) throws SQLException;

    static Dialect of(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("MariaDB")
                ? new MariaDbDialect()
                : new PostgresDialect();
    }
}
