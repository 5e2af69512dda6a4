package dev.posthorn.tck.reliability;

import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.tck.fixture.DatabaseServer;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.ledger.Ending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The truth, straight from the database. */
final class LedgerTable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DatabaseServer server = Fixtures.database();
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");

    private final String database;

    LedgerTable(String database) {
        this.database = database;
    }

    /** Has COMMITs fail when an {@link Ending} asks for it, where the database can do so. */
    void prepareLateRefusals() {
        if (LateRefusals.arePossible()) {
            execute(LateRefusals.statements());
        }
    }

    /** Whatever was committed of keys that begin so. */
    List<Committed> committed(String keyPrefix) {
        return query(
                "SELECT id, entry_key, number FROM ledger WHERE entry_key LIKE ?",
                keyPrefix + "%",
                row -> new Committed(row.getString(1), row.getString(2), row.getLong(3)));
    }

    /** The rows of keys that begin so that are neither delivered nor given up by somebody: all that the outbox has. */
    List<String> unfinished(String keyPrefix) {
        return rows("posthorn_outbox", keyPrefix, "");
    }

    /** The rows of keys that begin so for which failures were counted, or that were given up by the relay: their keys come first. */
    List<String> blamed(String keyPrefix) {
        // In this order, so that a row is seen at least once though it may be settled meanwhile.
        return Stream.of("posthorn_outbox", "posthorn_settled")
                .flatMap(table -> rows(table, keyPrefix, "AND (attempts > 0 OR state IN (2, 6, 7))").stream())
                .toList();
    }

    private List<String> rows(String table, String keyPrefix, String condition) {
        return query(
                """
                SELECT event_key, type, state, COALESCE(node.node, CONCAT('', owner)) AS owner, attempts, last_error, seq, %s
                FROM %s LEFT JOIN (SELECT id AS node, number FROM posthorn_node) node ON number = ABS(owner)
                WHERE event_key LIKE ? %s ORDER BY seq LIMIT 5000"""
                        .formatted(server.text("payload"), table, condition),
                keyPrefix + "%",
                LedgerTable::describe);
    }

    /** The numbers of the unfinished rows of keys that begin so. */
    Set<Long> unfinishedNumbers(String keyPrefix) {
        return Set.copyOf(query(
                "SELECT seq FROM posthorn_outbox WHERE event_key LIKE ?", keyPrefix + "%", row -> row.getLong(1)));
    }

    /** The payloads of what is kept in the inbox as dead, with entries that begin so. */
    List<String> dead(String entryPrefix) {
        String payload = server.text("payload");
        return query(
                "SELECT %s FROM posthorn_inbox WHERE state IN (2, 6) AND %s LIKE ?".formatted(payload, payload),
                "%\"entry\":\"" + entryPrefix + "%",
                row -> row.getString(1));
    }

    int countUnfinished(String keyPrefix) {
        return number("SELECT count(*) FROM posthorn_outbox WHERE event_key LIKE ?", keyPrefix);
    }

    /** What handlers have done for events of keys that begin so, in its order. */
    List<Handled> effects(String keyPrefix) {
        return query(
                "SELECT entry, effect_key, number, step, attempt FROM effect WHERE effect_key LIKE ? ORDER BY id",
                keyPrefix + "%",
                row -> new Handled(
                        row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getInt(5)));
    }

    /** For how many events of keys that begin so no handler has done anything. */
    int countUnhandled(String keyPrefix) {
        return number(
                """
                SELECT count(*) FROM ledger WHERE entry_key LIKE ?
                AND NOT EXISTS (SELECT 1 FROM effect WHERE effect.entry = ledger.id)""",
                keyPrefix);
    }

    /** The entries of the inbox that are neither handled nor given up by somebody. */
    List<String> unfinishedEntries() {
        return query(
                """
                SELECT event_id, type, event_key, state, attempts, last_error FROM posthorn_inbox
                WHERE consumer LIKE ? AND state NOT IN (1, 2, 5) ORDER BY seq""",
                "%",
                row -> "%s %s of key %s, state %d, %d attempts, %s"
                        .formatted(
                                row.getString(2),
                                row.getString(1),
                                row.getString(3),
                                row.getInt(4),
                                row.getInt(5),
                                row.getString(6)));
    }

    /** How many failures were counted for the event that has the most. */
    int mostAttempts(String keyPrefix) {
        return Stream.of("posthorn_outbox", "posthorn_settled")
                .mapToInt(table -> number("SELECT max(attempts) FROM " + table + " WHERE event_key LIKE ?", keyPrefix))
                .max()
                .orElseThrow();
    }

    private int number(String sql, String keyPrefix) {
        return query(sql, keyPrefix + "%", row -> row.getInt(1)).get(0);
    }

    /** Whether a node, dead or alive, has unsent events of keys that begin so. */
    boolean isOwner(String node, String keyPrefix) {
        return query(
                        "SELECT DISTINCT ABS(owner) FROM posthorn_outbox WHERE event_key LIKE ? AND state = 0",
                        keyPrefix + "%",
                        row -> row.getLong(1))
                .contains(Numbers.owner(node));
    }

    /** That of the schema. */
    int version() {
        return query("SELECT MAX(version) FROM posthorn_version", row -> row.getInt(1))
                .get(0);
    }

    /** The ids of the nodes that count as living. */
    List<String> nodes() {
        return query("SELECT id FROM posthorn_node", row -> row.getString(1));
    }

    /** Nobody else reads or writes the table for so long. */
    void lock(String table, Duration length) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String each : server.lock(table)) {
                statement.execute(each);
            }
            LockSupport.parkNanos(length.toNanos());
            connection.rollback();
        }
    }

    /** On one connection, since scripts have functions and variables of a session. */
    void script(String script) {
        String statements = COMMENT.matcher(script).replaceAll("");
        execute(Arrays.stream(statements.split(";"))
                .filter(statement -> !statement.isBlank())
                .toList());
    }

    private void execute(List<String> statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }

    private static String describe(ResultSet row) throws SQLException {
        return "%s: %s seq %d %s, %d attempts, state %d, owner %s, %s"
                .formatted(
                        row.getString("event_key"),
                        row.getString("type"),
                        row.getLong("seq"),
                        row.getString(8),
                        row.getInt("attempts"),
                        row.getInt("state"),
                        row.getString("owner"),
                        row.getString("last_error"));
    }

    private <T> List<T> query(String sql, String parameter, Reader<T> reader) {
        return query(sql, List.of(parameter), reader);
    }

    private <T> List<T> query(String sql, Reader<T> reader) {
        return query(sql, List.of(), reader);
    }

    private <T> List<T> query(String sql, List<String> parameters, Reader<T> reader) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }

    private Connection connect() throws SQLException {
        return server.connect(database, PATIENCE);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
