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

/** What PostgreSQL counts, asked by a user of its own, and from another database, so that asking does not count. */
final class DatabaseCounters implements AutoCloseable {

    /** The role of the applications. */
    static final String USER = "bench";

    private static final String STATEMENTS =
            """
            SELECT query, calls, total_exec_time * 1000, shared_blks_hit + shared_blks_read FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
            JOIN pg_database d ON d.oid = s.dbid
            WHERE r.rolname = '%s' AND d.datname = '%s' ORDER BY calls DESC
            """;

    private static final String TRANSACTIONS =
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '%s'";

    private static final String OWN_BACKEND = "SELECT pg_backend_pid()";

    private static final Pattern BEGIN = Pattern.compile("(?i)^begin\\b.*");

    /** PostgreSQL counts them the first time only, if the driver keeps them prepared. */
    private static final Pattern CONTROL = Pattern.compile("(?i)^(begin|commit|rollback|set)\\b.*");

    private final String database;
    private final Connection inside;
    private final Connection outside;
    private final long postmaster;
    private final List<Long> ownBackends;

    private DatabaseCounters(String database, Connection inside, Connection outside, long postmaster)
            throws SQLException {
        this.database = database;
        this.inside = inside;
        this.outside = outside;
        this.postmaster = postmaster;
        this.ownBackends = List.of(number(inside, OWN_BACKEND), number(outside, OWN_BACKEND));
    }

    /** Creates an empty database of the applications' role, and the role. */
    static DatabaseCounters create(Postgres server, String database) throws SQLException {
        Connection outside = connect(server, "postgres");
        execute(
                outside,
                "DO $$ BEGIN CREATE ROLE %1$s LOGIN REPLICATION PASSWORD '%1$s'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                        .formatted(USER));
        execute(outside, "CREATE DATABASE %s OWNER %s".formatted(database, USER));
        execute(outside, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        Connection inside = connect(server, database);
        execute(inside, "ALTER SCHEMA public OWNER TO " + USER);
        return new DatabaseCounters(database, inside, outside, server.pid());
    }

    private static Connection connect(Postgres server, String database) throws SQLException {
        return DriverManager.getConnection(server.url(database), Postgres.SUPERUSER, "");
    }

    /**
     * Counts no statements any more but those that touch data: PREPARE TRANSACTION names another transaction each time, which the
     * extension takes for another statement, and is soon busy with forgetting them.
     */
    void leaveOutUtilities() throws SQLException {
        execute(outside, "ALTER DATABASE %s SET pg_stat_statements.track_utility = off".formatted(database));
    }

    String setting(String name) throws SQLException {
        return text(outside, "SHOW " + name);
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
        try (Statement statement = outside.createStatement();
                ResultSet rows = statement.executeQuery(STATEMENTS.formatted(USER, database))) {
            while (rows.next()) {
                executed.add(new Executed(rows.getString(1), rows.getLong(2), rows.getDouble(3), rows.getLong(4)));
            }
        }
        return executed;
    }

    void reset() throws SQLException {
        text(outside, "SELECT pg_stat_statements_reset()");
    }

    /**
     * Transactions in this database since it was made, those without a statement and those of autovacuum included. A backend
     * under load reports its own a second late, and the last ones up to ten.
     */
    long transactions() throws SQLException {
        return number(outside, TRANSACTIONS.formatted(database));
    }

    /** Bytes of write-ahead log since the database was made. */
    long walBytes() throws SQLException {
        return number(outside, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    /** Microseconds of all of PostgreSQL's processes but those that answer here. */
    long processorTime() {
        return ProcessTimes.withChildren(postmaster)
                - ownBackends.stream().mapToLong(ProcessTimes::of).sum();
    }

    /** In the database itself. */
    void execute(String sql) throws SQLException {
        execute(inside, sql);
    }

    /** From the database itself. */
    long number(String sql) throws SQLException {
        return number(inside, sql);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
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
        inside.close();
        outside.close();
    }
}
