package dev.posthorn.jpa;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;

/** Recognises transactions that a database ended because of others, and that may simply be done again. */
final class Contention {

    // Serialization failure or deadlock, PostgreSQL's deadlock, H2's concurrent update.
    private static final Set<String> STATES = Set.of("40001", "40P01", "90131");

    /** MariaDB's "record has changed since last read", which has no state of its own. */
    private static final int CHANGED_SINCE_READ = 1020;

    // A row that must be the only one of its kind, with PostgreSQL and H2, and with MariaDB.
    private static final String DUPLICATE = "23505";
    private static final int DUPLICATE_ENTRY = 1062;

    private Contention() {}

    /** Whether the database ended the transaction, and it may be done again. */
    static boolean ended(Throwable failure) {
        return isCausedBy(failure, Contention::endedBy);
    }

    /** Whether a row was refused because another one, of another transaction, is in its way. */
    static boolean isDuplicate(Throwable failure) {
        return isCausedBy(failure, e -> DUPLICATE.equals(e.getSQLState()) || e.getErrorCode() == DUPLICATE_ENTRY);
    }

    private static boolean isCausedBy(Throwable failure, Predicate<SQLException> kind) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException e && kind.test(e)) {
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
