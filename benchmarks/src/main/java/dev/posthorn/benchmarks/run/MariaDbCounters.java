package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.DatabaseServer;
import dev.posthorn.benchmarks.machine.MariaDb;
import dev.posthorn.benchmarks.machine.ProcessTimes;
import java.sql.SQLException;
import java.util.List;

/** What MariaDB counts by its performance schema and its status, asked by threads that it leaves out. */
final class MariaDbCounters extends CountersOfServer {

    private static final String SCHEMA = "performance_schema";

    /** Without its literals, and with names in backticks. */
    private static final String STATEMENTS =
            """
            SELECT DIGEST_TEXT, COUNT_STAR, SUM_TIMER_WAIT / 1e6 FROM performance_schema.events_statements_summary_by_digest
            WHERE SCHEMA_NAME = '%s' AND DIGEST_TEXT IS NOT NULL ORDER BY COUNT_STAR DESC
            """;

    private static final String TRANSACTIONS =
            """
            SELECT COALESCE(SUM(COUNT_STAR), 0) FROM performance_schema.events_statements_summary_by_digest
            WHERE SCHEMA_NAME = '%s' AND DIGEST_TEXT RLIKE '^(XA )?(COMMIT|ROLLBACK)'
            """;

    private static final String LOG =
            "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'Innodb_os_log_written'";

    private static final String OWN_THREAD =
            "SELECT THREAD_OS_ID FROM performance_schema.threads WHERE PROCESSLIST_ID = CONNECTION_ID()";

    private static final String DONT_COUNT =
            "UPDATE performance_schema.threads SET INSTRUMENTED = 'NO' WHERE PROCESSLIST_ID = CONNECTION_ID()";

    private MariaDbCounters(DatabaseServer server, String database, OwnConnection inside, OwnConnection outside)
            throws SQLException {
        super(server, database, inside, outside, OWN_THREAD);
    }

    /** Creates an empty database, which is everybody's. */
    static MariaDbCounters create(DatabaseServer server, String database) throws SQLException {
        OwnConnection outside = connect(server, SCHEMA);
        outside.execute("CREATE DATABASE " + database);
        return new MariaDbCounters(server, database, connect(server, database), outside);
    }

    private static OwnConnection connect(DatabaseServer server, String database) throws SQLException {
        OwnConnection connection = new OwnConnection(server.url(database), MariaDb.SUPERUSER);
        connection.execute(DONT_COUNT);
        return connection;
    }

    @Override
    public String description() throws SQLException {
        return "MariaDB %s (%s), innodb_flush_log_at_trx_commit=%s, %s"
                .formatted(
                        outside.text("SELECT VERSION()"),
                        server.origin(),
                        outside.text("SELECT @@innodb_flush_log_at_trx_commit"),
                        outside.text("SELECT @@transaction_isolation"));
    }

    @Override
    public List<Executed> executed() throws SQLException {
        return outside.list(
                STATEMENTS.formatted(database),
                row -> new Executed(row.getString(1), row.getLong(2), row.getDouble(3), null));
    }

    @Override
    public void reset() throws SQLException {
        outside.execute("TRUNCATE performance_schema.events_statements_summary_by_digest");
    }

    /** Since {@link #reset}, and without those that have no COMMIT, as statements with autocommit. */
    @Override
    public long transactions() throws SQLException {
        return outside.number(TRANSACTIONS.formatted(database));
    }

    @Override
    public long walBytes() throws SQLException {
        return outside.number(LOG);
    }

    @Override
    public long processorTime() {
        return ProcessTimes.of(server.pid())
                - answering.stream()
                        .mapToLong(thread -> ProcessTimes.ofThread(server.pid(), thread))
                        .sum();
    }

    /** Nothing to do: the log is so large that InnoDB needs none during a session, and it has no command for one. */
    @Override
    public void checkpoint() {}
}
