package dev.posthorn.benchmarks.debezium;

import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.EventJson;
import dev.posthorn.benchmarks.plain.Purchases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The table of the outbox event router. A row is inserted and deleted in the same transaction: both are in the log, and the table stays empty. */
final class OutboxTable implements Business {

    static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS outbox (id uuid NOT NULL PRIMARY KEY, aggregatetype varchar(255) NOT NULL, \
            aggregateid varchar(255) NOT NULL, type varchar(255) NOT NULL, payload text)
            """;

    private static final String INSERT =
            "INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload) VALUES (?, ?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM outbox WHERE id = ?";

    private final DataSource dataSource;

    OutboxTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void place(List<OrderPlaced> orders) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Purchases.insert(connection, orders.get(0));
            for (OrderPlaced order : orders) {
                insertAndDelete(connection, UUID.randomUUID(), order);
            }
            connection.commit();
        }
    }

    private static void insertAndDelete(Connection connection, UUID id, OrderPlaced order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            insert.setObject(1, id);
            insert.setString(2, OrderPlaced.TOPIC);
            insert.setString(3, order.key());
            insert.setString(4, "OrderPlaced");
            insert.setString(5, EventJson.text(order));
            insert.executeUpdate();
            delete.setObject(1, id);
            delete.executeUpdate();
        }
    }
}
