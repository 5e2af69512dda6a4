package dev.posthorn.benchmarks.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

final class MariaDbDialect implements Dialect {

    private static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS %s (id bigint AUTO_INCREMENT PRIMARY KEY, topic varchar(255) NOT NULL, \
            event_key varchar(255) NOT NULL, payload longblob NOT NULL, created_at timestamp(6) NOT NULL DEFAULT current_timestamp(6))
            """;

    @Override
    public String create(String table) {
        return TABLE.formatted(table);
    }

    /** It has no arrays. */
    @Override
    public void delete(Connection connection, String table, List<Long> ids) throws SQLException {
        String list = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM " + table + " WHERE id IN (" + list + ")");
        }
    }

    /** All transactions wait, or none. */
    @Override
    public void waitForNoDisk(Connection connection) {}
}
