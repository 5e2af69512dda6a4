package dev.posthorn.jpa.statement;

import dev.posthorn.log.FailureText;
import java.sql.SQLException;
import java.util.Set;

/** Recognises transactions that a database ended because of others, and that may simply be done again. */
public final class Contention {

    /** What the standard calls a transaction that may simply be done again. */
    static final String AGAIN = "40001";

    // A deadlock's victim or a serialization failure, as the standard has it; those of PostgreSQL, H2 and Derby, and
    // time-outs of locks. A row that must be the only one of its kind: we insert no second one, unless another
    // transaction was quicker.
    private static final Set<String> STATES =
            Set.of(AGAIN, "40P01", "55P03", "90131", "HYT00", "40XL1", "40XL2", "X0Y84", "57033", "23505");

    // What has no such state. MySQL and MariaDB: changed since last read, duplicate entry, time-out, deadlock. SQL
    // Server: deadlock, time-out. Oracle: deadlock, serialization. Db2: deadlock or time-out, with and without the end
    // of the transaction.
    private static final Set<Integer> CODES = Set.of(1020, 1062, 1205, 1213, 1222, 60, 8177, -911, -913);

    private Contention() {}

    public static boolean ended(Throwable failure) {
        return FailureText.chainOf(failure).stream().anyMatch(cause -> cause instanceof SQLException e && endedBy(e));
    }

    private static boolean endedBy(SQLException e) {
        return (e.getSQLState() != null && STATES.contains(e.getSQLState())) || CODES.contains(e.getErrorCode());
    }
}
