package dev.posthorn.jpa;

import java.sql.SQLException;
import java.util.Set;

/** Recognises transactions that a database ended because of others, and that may simply be done again. */
final class Contention {

    // Serialization failure or deadlock, PostgreSQL's deadlock, H2's concurrent update.
    private static final Set<String> STATES = Set.of("40001", "40P01", "90131");

    private Contention() {}

    static boolean ended(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException e && e.getSQLState() != null && STATES.contains(e.getSQLState())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
