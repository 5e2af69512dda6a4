package dev.posthorn.jpa;

import java.sql.SQLException;
import java.util.Set;

/** Recognises transactions that a database ended because of others, and that may simply be done again. */
final class Contention {

    // Serialization failure or deadlock, PostgreSQL's deadlock, H2's concurrent update.
    private static final Set<String> STATES = Set.of("40001", "40P01", "90131");

    /** MariaDB's "record has changed since last read", which has no state of its own. */
    private static final int CHANGED_SINCE_READ = 1020;

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
        return (e.getSQLState() != null && STATES.contains(e.getSQLState())) || e.getErrorCode() == CHANGED_SINCE_READ;
    }
}
