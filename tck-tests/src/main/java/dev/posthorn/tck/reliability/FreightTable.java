package dev.posthorn.tck.reliability;

import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.tck.fixture.Fixtures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of the application {@code freight} on PostgreSQL. Rows can be put there, as many as one likes. */
final class FreightTable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What all events of a channel have in common. */
    private static final String COMMON =
            "lane, application, channel, created_at, ordered, when_dead, type, source, content_type, headers, event_time";

    /** Each is like one that the application has written, whatever it was and whether or not it is delivered. */
    private static final String INSERT =
            """
            INSERT INTO posthorn_outbox (%1$s, owner, state, topic, id, event_key, key_hash, payload)
            SELECT %1$s, ?, 0, ?, gen_random_uuid(), key,
                ('x' || substr(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint & 9223372036854775807,
                convert_to(format('{"key":"%%s","number":%%s}', key, (n - 1) / 1000 + 1), 'UTF8')
            FROM (
                SELECT %1$s FROM posthorn_outbox WHERE type = 'Freight'
                UNION ALL SELECT %1$s FROM posthorn_settled WHERE type = 'Freight' LIMIT 1) written,
                generate_series(1, ?) n, LATERAL (SELECT ? || '-' || n %% 1000 AS key) named
            """
                    .formatted(COMMON);

    private final String database;

    FreightTable(String database) {
        this.database = database;
    }

    /** Unsent events of that node: of a thousand keys in turn, each numbered from 1. */
    void insert(String owner, String topic, String keys, int count) {
        change(INSERT, Numbers.owner(owner), topic, count, keys);
        change("ANALYZE posthorn_outbox");
    }

    /** Who is dead once is dead at once. */
    void forgetNodes() {
        change("DELETE FROM posthorn_node");
    }

    String onlyNode() {
        return heartbeats().keySet().iterator().next();
    }

    /** The latest heartbeat of each node, in milliseconds. */
    Map<String, Long> heartbeats() {
        Map<String, Long> heartbeats = new HashMap<>();
        query("SELECT id, heartbeat_at FROM posthorn_node", row -> heartbeats.put(row.getString(1), row.getLong(2)));
        return heartbeats;
    }

    long unsent() {
        return number("SELECT count(*) FROM posthorn_outbox WHERE state = 0");
    }

    long unsentOf(String owner, String topic) {
        return number(
                "SELECT count(*) FROM posthorn_outbox WHERE state = 0 AND abs(owner) = ? AND topic = ?",
                Numbers.owner(owner),
                topic);
    }

    /** In milliseconds, by the clock of the database. */
    long now() {
        return number("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    }

    long unfinishedOf(String topic) {
        return number("SELECT count(*) FROM posthorn_outbox WHERE topic = ?", topic);
    }

    /** Events of the topic for which a failure was counted, or that were given up. */
    long blamedOf(String topic) {
        return Stream.of("posthorn_outbox", "posthorn_settled")
                .mapToLong(table -> number(
                        "SELECT count(*) FROM " + table
                                + " WHERE topic = ? AND (attempts > 0 OR state IN (2, 4, 5, 6, 7))",
                        topic))
                .sum();
    }

    private long number(String sql, Object... parameters) {
        long[] found = new long[1];
        query(sql, row -> found[0] = row.getLong(1), parameters);
        return found[0];
    }

    private void change(String sql, Object... parameters) {
        try (Connection connection = Fixtures.database().connect(database, PATIENCE);
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    private void query(String sql, Reader reader, Object... parameters) {
        try (Connection connection = Fixtures.database().connect(database, PATIENCE);
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @FunctionalInterface
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }
}
