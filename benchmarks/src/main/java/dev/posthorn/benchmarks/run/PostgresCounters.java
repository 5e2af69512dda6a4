package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.DatabaseServer;
import dev.posthorn.benchmarks.machine.Postgres;
import dev.posthorn.benchmarks.machine.ProcessTimes;
import java.sql.SQLException;
import java.util.List;

/** What PostgreSQL counts, asked by a user of its own, and from another database. */
final class PostgresCounters extends CountersOfServer {

    private static final String STATEMENTS =
            """
            SELECT query, calls, total_exec_time * 1000, shared_blks_hit + shared_blks_read FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
            JOIN pg_database d ON d.oid = s.dbid
            WHERE r.rolname = '%s' AND d.datname = '%s' ORDER BY calls DESC
            """;

    private static final String TRANSACTIONS =
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '%s'";

    private static final String OWN_BACKEND = "SELECT pg_backend_pid()";

    private PostgresCounters(DatabaseServer server, String database, OwnConnection inside, OwnConnection outside)
            throws SQLException {
        super(server, database, inside, outside, OWN_BACKEND);
    }

    /** Creates an empty database of the applications' role, and the role. */
    static PostgresCounters create(DatabaseServer server, String database) throws SQLException {
        OwnConnection outside = connect(server, "postgres");
        outside.execute(
                "DO $$ BEGIN CREATE ROLE %1$s LOGIN REPLICATION PASSWORD '%1$s'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                        .formatted(USER));
        outside.execute("CREATE DATABASE %s OWNER %s".formatted(database, USER));
        outside.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        OwnConnection inside = connect(server, database);
        inside.execute("ALTER SCHEMA public OWNER TO " + USER);
        return new PostgresCounters(server, database, inside, outside);
    }

    private static OwnConnection connect(DatabaseServer server, String database) throws SQLException {
        return new OwnConnection(server.url(database), Postgres.SUPERUSER);
    }

    @Override
    public String description() throws SQLException {
        return "PostgreSQL %s (%s), fsync and synchronous_commit on, wal_level=%s"
                .formatted(outside.text("SHOW server_version"), server.origin(), outside.text("SHOW wal_level"));
    }

    @Override
    public List<Executed> executed() throws SQLException {
        return outside.list(
                STATEMENTS.formatted(USER, database),
                row -> new Executed(row.getString(1), row.getLong(2), row.getDouble(3), row.getLong(4)));
    }

    @Override
    public void reset() throws SQLException {
        outside.text("SELECT pg_stat_statements_reset()");
    }

    /** Those without a statement and those of autovacuum included. A backend under load reports its own a second late, and the last ones up to ten. */
    @Override
    public long transactions() throws SQLException {
        return outside.number(TRANSACTIONS.formatted(database));
    }

    @Override
    public long walBytes() throws SQLException {
        return outside.number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    @Override
    public long processorTime() {
        return ProcessTimes.withChildren(server.pid())
                - answering.stream().mapToLong(ProcessTimes::of).sum();
    }

    @Override
    public void checkpoint() throws SQLException {
        inside.execute("CHECKPOINT");
    }
}
