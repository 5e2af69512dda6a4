package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.EventJson;
import dev.posthorn.benchmarks.plain.Purchases;
import dev.posthorn.benchmarks.relay.EventTable;
import dev.posthorn.benchmarks.relay.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The business row and a row for each event, in one transaction. */
final class TwoInserts {

    private static final String EVENT = "INSERT INTO %s (topic, event_key, payload) VALUES (?, ?, ?) RETURNING id";

    private final HikariDataSource dataSource;
    private final String insertEvent;

    TwoInserts(HikariDataSource dataSource, EventTable outbox) {
        this.dataSource = dataSource;
        this.insertEvent = EVENT.formatted(outbox.name());
    }

    /** Returns after the commit. */
    List<StoredEvent> commit(List<OrderPlaced> orders) throws SQLException {
        List<StoredEvent> stored = new ArrayList<>(orders.size());
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Purchases.insert(connection, orders.get(0));
            for (OrderPlaced order : orders) {
                byte[] payload = EventJson.bytes(order);
                stored.add(new StoredEvent(insertEvent(connection, order.key(), payload), order.key(), payload));
            }
            connection.commit();
        }
        return stored;
    }

    private long insertEvent(Connection connection, String key, byte[] payload) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(insertEvent)) {
            insert.setString(1, OrderPlaced.TOPIC);
            insert.setString(2, key);
            insert.setBytes(3, payload);
            try (ResultSet ids = insert.executeQuery()) {
                ids.next();
                return ids.getLong(1);
            }
        }
    }
}
