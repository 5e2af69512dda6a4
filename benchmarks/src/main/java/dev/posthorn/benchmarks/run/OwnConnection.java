package dev.posthorn.benchmarks.run;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection of those who look at a database from outside. */
final class OwnConnection implements AutoCloseable {

    private final Connection connection;

    OwnConnection(String url, String user) throws SQLException {
        connection = DriverManager.getConnection(url, user, "");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) throws SQLException {
        return list(sql, row -> row.getString(1)).get(0);
    }

    long number(String sql) throws SQLException {
        return list(sql, row -> row.getLong(1)).get(0);
    }

    interface Row<T> {

        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, Row<T> row) throws SQLException {
        List<T> list = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                list.add(row.of(rows));
            }
        }
        return list;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
