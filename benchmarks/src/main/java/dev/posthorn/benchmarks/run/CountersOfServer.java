package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.DatabaseServer;
import java.sql.SQLException;
import java.util.List;

/** What every server is asked alike: through two connections of its own, of which one is to another database. */
abstract class CountersOfServer implements DatabaseCounters {

    final DatabaseServer server;
    final String database;
    final OwnConnection inside;
    final OwnConnection outside;

    /** What answers here, which is not to be counted. */
    final List<Long> answering;

    /** @param whoAnswers asks for the process or thread of a connection */
    CountersOfServer(
            DatabaseServer server, String database, OwnConnection inside, OwnConnection outside, String whoAnswers)
            throws SQLException {
        this.server = server;
        this.database = database;
        this.inside = inside;
        this.outside = outside;
        this.answering = List.of(inside.number(whoAnswers), outside.number(whoAnswers));
    }

    @Override
    public void execute(String sql) throws SQLException {
        inside.execute(sql);
    }

    @Override
    public long number(String sql) throws SQLException {
        return inside.number(sql);
    }

    @Override
    public void close() throws SQLException {
        inside.close();
        outside.close();
    }
}
