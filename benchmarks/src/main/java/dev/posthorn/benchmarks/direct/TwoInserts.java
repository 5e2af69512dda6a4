package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.OrderPlaced;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The business row and a row for the event, in one transaction. */
final class TwoInserts {

    private static final String TABLES =
            """
            CREATE TABLE IF NOT EXISTS purchase (id bigint NOT NULL PRIMARY KEY, order_key varchar(255), \
            customer varchar(255), cents bigint, currency varchar(255));
            CREATE TABLE IF NOT EXISTS %s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, topic text NOT NULL, \
            event_key text NOT NULL, payload bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now())
            """;

    private static final String PURCHASE =
            "INSERT INTO purchase (id, order_key, customer, cents, currency) VALUES (?, ?, ?, ?, ?)";

    private static final String EVENT = "INSERT INTO %s (topic, event_key, payload) VALUES (?, ?, ?) RETURNING id";

    private final HikariDataSource dataSource;
    private final String outbox;
    private final String insertEvent;

    /** @param outbox a table that nobody else uses */
    TwoInserts(HikariDataSource dataSource, String outbox) {
        this.dataSource = dataSource;
        this.outbox = outbox;
        this.insertEvent = EVENT.formatted(outbox);
    }

    void createTables() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.formatted(outbox));
        }
    }

    /** Returns the id of the event's row, after the commit. */
    long commit(OrderPlaced order, byte[] payload) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            insertPurchase(connection, order);
            long id = insertEvent(connection, order, payload);
            connection.commit();
            return id;
        }
    }

    private static void insertPurchase(Connection connection, OrderPlaced order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(PURCHASE)) {
            insert.setLong(1, order.id());
            insert.setString(2, order.key());
            insert.setString(3, order.customer());
            insert.setLong(4, order.cents());
            insert.setString(5, order.currency());
            insert.executeUpdate();
        }
    }

    private long insertEvent(Connection connection, OrderPlaced order, byte[] payload) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(insertEvent)) {
            insert.setString(1, OrderPlaced.TOPIC);
            insert.setString(2, order.key());
            insert.setBytes(3, payload);
            try (ResultSet ids = insert.executeQuery()) {
                ids.next();
                return ids.getLong(1);
            }
        }
    }

    /** The event as any JSON library would write it. */
    static byte[] json(OrderPlaced order) {
        String json = "{\"cents\":" + order.cents() + ",\"currency\":\"" + order.currency() + "\",\"customer\":\""
                + order.customer() + "\",\"id\":" + order.id() + ",\"key\":\"" + order.key() + "\",\"note\":\""
                + order.note() + "\",\"placedAt\":\"" + order.placedAt() + "\",\"seq\":" + order.seq() + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
