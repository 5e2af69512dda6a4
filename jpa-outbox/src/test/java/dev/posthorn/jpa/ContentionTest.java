package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.statement.Contention;
import dev.posthorn.jpa.transaction.Enlistment;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.jpa.transaction.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentionTest {

    @ParameterizedTest
    @CsvSource({
        "Derby deadlock, 40001, 30000",
        "Derby time-out, 40XL1, 30000",
        "Derby time-out with the locks, 40XL2, 30000",
        "Derby numbers, X0Y84, 30000",
        "PostgreSQL serialization, 40001, 0",
        "PostgreSQL deadlock, 40P01, 0",
        "PostgreSQL lock_timeout, 55P03, 0",
        "H2 deadlock, 40001, 40001",
        "H2 time-out, HYT00, 50200",
        "H2 concurrent update, 90131, 90131",
        "MariaDB deadlock, 40001, 1213",
        "MariaDB time-out, HY000, 1205",
        "MariaDB changed, HY000, 1020",
        "MariaDB duplicate, 23000, 1062",
        "MySQL deadlock, 40001, 1213",
        "MySQL time-out, 40001, 1205",
        "MySQL duplicate, 23000, 1062",
        "Oracle deadlock, 61000, 60",
        "Oracle serialization, 72000, 8177",
        "SQL Server deadlock, 40001, 1205",
        "SQL Server time-out, S0051, 1222",
        "Db2 rolled back, 40001, -911",
        "Db2 not rolled back, 57033, -913"
    })
    void whatTheDatabaseEndedBecauseOfOthersIsRecognised(String what, String state, int code) {
        assertTrue(Contention.ended(new PersistenceException(new SQLException(what, state, code))), what);
    }

    @ParameterizedTest
    @CsvSource({"no such table, 42P01, 0", "no such column, 42X04, 30000", "no connection, 08006, 0"})
    void nothingElseIs(String what, String state, int code) {
        assertFalse(Contention.ended(new PersistenceException(new SQLException(what, state, code))), what);
        assertFalse(Contention.ended(new PersistenceException(new SQLException(what))), what);
    }

    @Test
    void suchATransactionIsDoneAgainFewTimes() {
        AtomicInteger attempts = new AtomicInteger();
        assertEquals(
                "done",
                new OwnTransactions(failing(attempts, 4, "40XL1"), () -> SupportedDatabase.H2.dialect())
                        .run(em -> "done"));
        assertEquals(5, attempts.get());

        OwnTransactions others =
                new OwnTransactions(failing(new AtomicInteger(), 5, "40XL1"), () -> SupportedDatabase.H2.dialect());
        assertThrows(PersistenceException.class, () -> others.run(em -> "done"));
    }

    @Test
    void anyOtherIsNot() {
        AtomicInteger attempts = new AtomicInteger();
        OwnTransactions own = new OwnTransactions(failing(attempts, 1, "42P01"), () -> SupportedDatabase.H2.dialect());
        assertThrows(PersistenceException.class, () -> own.run(em -> "done"));
        assertEquals(1, attempts.get());
    }

    /** As WildFly's interceptor does. */
    @Test
    void aCommitThatFailsWithACheckedExceptionNobodyDeclaresIsReportedAsOurs() {
        AtomicInteger attempts = new AtomicInteger();
        OwnTransactions own = new OwnTransactions(
                failing(attempts, 4, rollback(new SQLException("lost", "40001"))),
                () -> SupportedDatabase.H2.dialect());
        assertEquals("done", own.run(em -> "done"));

        OwnTransactions others = new OwnTransactions(
                failing(new AtomicInteger(), 1, new RollbackException("no")), () -> SupportedDatabase.H2.dialect());
        PosthornException failure = assertThrows(PosthornException.class, () -> others.run(em -> "done"));
        assertInstanceOf(RollbackException.class, failure.getCause());
    }

    private static Transactions failing(AtomicInteger attempts, int failures, String state) {
        return failing(attempts, failures, new PersistenceException(new SQLException("lost", state)));
    }

    private static RollbackException rollback(SQLException cause) {
        RollbackException failure = new RollbackException("lost");
        failure.initCause(cause);
        return failure;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception failure) throws E {
        throw (E) failure;
    }

    /** Transactions the first of which fail. */
    private static Transactions failing(AtomicInteger attempts, int failures, Exception failure) {
        return new Transactions() {
            @Override
            public void open() {}

            @Override
            public EntityManager current() {
                throw new IllegalStateException();
            }

            @Override
            public void without(Consumer<EntityManager> work) {
                throw new IllegalStateException();
            }

            @Override
            @SuppressWarnings("NullAway") // the work asks for nothing
            public <T> T separately(Function<EntityManager, T> work) {
                if (attempts.incrementAndGet() <= failures) {
                    ContentionTest.<RuntimeException>sneak(failure);
                }
                return work.apply(null);
            }

            @Override
            public void rolledBack(Consumer<EntityManager> work) {
                throw new IllegalStateException();
            }

            @Override
            public void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late) {
                throw new IllegalStateException();
            }

            @Override
            public Enlistment enlistment() {
                throw new IllegalStateException();
            }
        };
    }
}
