package dev.posthorn.jpa;

import java.sql.SQLException;
import java.util.Set;

/** Recognises transactions that a database ended because of others, and that may simply be done again. */
final class Contention {

    // Serialization failure or deadlock, PostgreSQL's deadlock, H2's concurrent update. A row that must be the only one
    // of its kind: we insert no second one, unless another transaction was quicker.
    private static final Set<String> STATES = Set.of("40001", "40P01", "90131", "23505");

    // MariaDB's "record has changed since last read" and "duplicate entry", which have no states of their own.
    private static final Set<Integer> CODES = Set.of(1020, 1062);

    private Contention() {}

    static boolean ended(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException e && endedBy(e)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean endedBy(SQLException e) {
        return (e.getSQLState() != null && STATES.contains(e.getSQLState())) || CODES.contains(e.getErrorCode());
    }
}
