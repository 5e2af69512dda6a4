package dev.posthorn.tck.suite;

import dev.posthorn.tck.fixture.Fixtures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is committed, straight from the database. */
final class DeedTable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String database;

    DeedTable(String database) {
        this.database = database;
    }

    /** What was done for somebody, in the order in which it was done. */
    List<String> of(String who) {
        return query("SELECT what FROM deed WHERE who = ? ORDER BY id", who);
    }

    /** The states of the inbox's entries of a key that are not handled. */
    List<String> unfinished(String key) {
        return query("SELECT state FROM posthorn_inbox WHERE event_key = ? AND state <> 1 ORDER BY seq", key);
    }

    /** How many statements of the application wait for somebody else's transaction. */
    int waiting() {
        return Integer.parseInt(
                query("SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND wait_event_type = 'Lock'", database)
                        .get(0));
    }

    private List<String> query(String sql, String parameter) {
        try (Connection connection = Fixtures.database().connect(database, PATIENCE);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }
}
