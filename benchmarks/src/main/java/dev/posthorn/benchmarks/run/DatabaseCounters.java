package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.Postgres;
import dev.posthorn.benchmarks.machine.ProcessTimes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What PostgreSQL counts, asked by a user of its own whose statements and processor time do not count. */
final class DatabaseCounters implements AutoCloseable {

    /** The role of the applications. */
    static final String USER = "bench";

    private static final String STATEMENTS =
            """
            SELECT query, calls, total_exec_time * 1000, shared_blks_hit + shared_blks_read FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
            JOIN pg_database d ON d.oid = s.dbid
            WHERE r.rolname = '%s' AND d.datname = current_database() ORDER BY calls DESC
            """
                    .formatted(USER);

    private static final Pattern BEGIN = Pattern.compile("(?i)^begin\\b.*");

    /** PostgreSQL counts them the first time only, if the driver keeps them prepared. */
    private static final Pattern CONTROL = Pattern.compile("(?i)^(begin|commit|rollback|set)\\b.*");

    private final Connection connection;
    private final long postmaster;
    private final long ownBackend;

    private DatabaseCounters(Connection connection, long postmaster) throws SQLException {
        this.connection = connection;
        this.postmaster = postmaster;
        this.ownBackend = number("SELECT pg_backend_pid()");
    }

    /** Creates an empty database of the applications' role, and the role. */
    static DatabaseCounters create(Postgres server, String database) throws SQLException {
        try (Connection admin = DriverManager.getConnection(server.url("postgres"), Postgres.SUPERUSER, "")) {
            execute(
                    admin,
                    "DO $$ BEGIN CREATE ROLE %1$s LOGIN REPLICATION PASSWORD '%1$s'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                            .formatted(USER));
            execute(admin, "CREATE DATABASE %s OWNER %s".formatted(database, USER));
        }
        Connection connection = DriverManager.getConnection(server.url(database), Postgres.SUPERUSER, "");
        execute(connection, "CREATE EXTENSION pg_stat_statements");
        execute(connection, "ALTER SCHEMA public OWNER TO " + USER);
        return new DatabaseCounters(connection, server.pid());
    }

    /**
     * Counts no statements any more but those that touch data: PREPARE TRANSACTION names another transaction each time, which the
     * extension takes for another statement, and is soon busy with forgetting them.
     */
    void leaveOutUtilities() throws SQLException {
        execute("ALTER DATABASE %s SET pg_stat_statements.track_utility = off"
                .formatted(text("SELECT current_database()")));
    }

    String setting(String name) throws SQLException {
        return text("SHOW " + name);
    }

    /** What was executed since {@link #reset}. */
    record Executed(String query, long calls, double micros, long blocks) {

        boolean isBegin() {
            return BEGIN.matcher(query).matches();
        }

        boolean isControl() {
            return CONTROL.matcher(query).matches();
        }
    }

    List<Executed> executed() throws SQLException {
        List<Executed> executed = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(STATEMENTS)) {
            while (rows.next()) {
                executed.add(new Executed(rows.getString(1), rows.getLong(2), rows.getDouble(3), rows.getLong(4)));
            }
        }
        return executed;
    }

    void reset() throws SQLException {
        text("SELECT pg_stat_statements_reset()");
    }

    /** Bytes of write-ahead log since the database was made. */
    long walBytes() throws SQLException {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    /** Microseconds of all of PostgreSQL's processes but the one that answers here. */
    long processorTime() {
        return ProcessTimes.withChildren(postmaster) - ProcessTimes.of(ownBackend);
    }

    void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
