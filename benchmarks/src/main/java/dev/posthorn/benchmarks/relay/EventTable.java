package dev.posthorn.benchmarks.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A table of events that wait, as one would make it by hand. */
public final class EventTable {

    private final String name;
    private final Dialect dialect;

    private EventTable(String name, Dialect dialect) {
        this.name = name;
        this.dialect = dialect;
    }

    /**
     * Makes it, if it is not there, outside any transaction.
     *
     * @param name that nobody else uses in this database
     */
    public static EventTable in(DataSource dataSource, String name) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Dialect dialect = Dialect.of(connection);
            statement.execute(dialect.create(name));
            return new EventTable(name, dialect);
        } catch (SQLException e) {
            throw new IllegalStateException("The table " + name + " can't be created", e);
        }
    }

    public String name() {
        return name;
    }

    void delete(Connection connection, List<Long> ids) throws SQLException {
        dialect.delete(connection, name, ids);
    }

    /** For a transaction that a crash may undo. */
    void waitForNoDisk(Connection connection) throws SQLException {
        dialect.waitForNoDisk(connection);
    }

    /** Locks as many of the oldest rows as its parameter says. */
    String claim() {
        return "SELECT id, event_key, payload FROM " + name + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED";
    }
}
