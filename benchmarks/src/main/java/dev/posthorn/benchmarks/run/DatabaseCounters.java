package dev.posthorn.benchmarks.run;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** What a server counts of one of its databases, asked so that asking does not count. */
interface DatabaseCounters extends AutoCloseable {

    /** The role of the applications. */
    String USER = "bench";

    Pattern BEGIN = Pattern.compile("(?i)^begin\\b.*");

    /** What begins and ends transactions, which not every driver sends each time. */
    Pattern CONTROL = Pattern.compile("(?i)^(begin|commit|rollback|set|xa)\\b.*");

    /**
     * What was executed since {@link #reset}.
     *
     * @param blocks how many it looked at; null where nobody counts them
     */
    record Executed(String query, long calls, double micros, Long blocks) {

        boolean isBegin() {
            return BEGIN.matcher(query).matches();
        }

        boolean isControl() {
            return CONTROL.matcher(query).matches();
        }
    }

    /** What the server is, and how it is configured where that matters. */
    String description() throws SQLException;

    List<Executed> executed() throws SQLException;

    void reset() throws SQLException;

    /** In this database up to now. */
    long transactions() throws SQLException;

    /** Bytes of write-ahead log up to now. */
    long walBytes() throws SQLException;

    /** Microseconds of all of the server but what answers here. */
    long processorTime();

    /** So that none falls into a run. */
    void checkpoint() throws SQLException;

    /** In the database itself. */
    void execute(String sql) throws SQLException;

    /** From the database itself. */
    long number(String sql) throws SQLException;

    @Override
    void close() throws SQLException;
}
