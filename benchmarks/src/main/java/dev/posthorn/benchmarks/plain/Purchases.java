package dev.posthorn.benchmarks.plain;

import dev.posthorn.benchmarks.load.OrderPlaced;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The business rows, by plain JDBC. */
public final class Purchases {

    private static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS purchase (id bigint NOT NULL PRIMARY KEY, order_key varchar(255), \
            customer varchar(255), cents bigint, currency varchar(255))
            """;

    private static final String INSERT =
            "INSERT INTO purchase (id, order_key, customer, cents, currency) VALUES (?, ?, ?, ?, ?)";

    private Purchases() {}

    /** @param more statements that prepare the database */
    public static void createTable(Resources resources, String... more) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(resources.jdbcUrl(), resources.user(), resources.password());
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            for (String each : more) {
                statement.execute(each);
            }
        }
    }

    public static void insert(Connection connection, OrderPlaced order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, order.id());
            insert.setString(2, order.key());
            insert.setString(3, order.customer());
            insert.setLong(4, order.cents());
            insert.setString(5, order.currency());
            insert.executeUpdate();
        }
    }
}
