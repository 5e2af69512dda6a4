package dev.posthorn.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotStoredException;
import dev.posthorn.LogLines;
import dev.posthorn.NoActiveTransactionException;
import dev.posthorn.PosthornException;
import dev.posthorn.channel.Samples;
import jakarta.transaction.Status;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transaction's events are stored in it, or it does not commit, or {@code fire} throws; nothing is lost without a word. */
class StoringTest {

    private final FakeTransactions transactions = new FakeTransactions();
    private final FakeRelay relay = new FakeRelay();
    private final Storing storing = relay.storing(transactions);

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void eventsAreStoredTogetherInFiringOrder() {
        transactions.begin();
        fire("first");
        fire("second");
        assertEquals(List.of(), relay.appended);

        transactions.commit();

        assertEquals(List.of("first", "second"), relay.appended);
        awaitSent("first", "second");
    }

    @Test
    void anEventFiredInTheFlushIsStored() {
        transactions.begin();
        fire("before");
        transactions.atFlush(() -> fire("in the flush"));

        transactions.commit();

        assertEquals(List.of("before", "in the flush"), relay.appended);
        awaitSent("before", "in the flush");
    }

    @Test
    void anEventFiredAfterTheLastGuardIsStoredByAnotherOne() {
        transactions.begin();
        fire("before");
        afterTheLastGuard(() -> fire("late"));

        transactions.commit();

        assertEquals(List.of("before", "late"), relay.appended);
    }

    @Test
    void whereTheFirstRegistrationIsRefusedEveryEventIs() {
        transactions.begin();
        transactions.refuseSynchronizations();

        assertThrows(NoActiveTransactionException.class, () -> fire("first"));
        assertThrows(NoActiveTransactionException.class, () -> fire("second"));
    }

    /** Else the second one would be lost without a word. */
    @Test
    void whereALateRegistrationIsRefusedEveryLaterEventIs() {
        transactions.begin();
        fire("before");
        afterTheLastGuard(() -> {
            transactions.refuseSynchronizations();
            assertThrows(NoActiveTransactionException.class, () -> fire("late"));
            assertThrows(NoActiveTransactionException.class, () -> fire("later"));
        });

        transactions.commit();

        assertEquals(List.of("before"), relay.appended);
    }

    @Test
    void whereItIsTakenAgainTheNextEventIsStored() {
        transactions.begin();
        fire("before");
        afterTheLastGuard(() -> {
            transactions.refuseSynchronizations();
            assertThrows(NoActiveTransactionException.class, () -> fire("late"));
            transactions.takeSynchronizations();
            fire("later");
        });

        transactions.commit();

        assertEquals(List.of("before", "later"), relay.appended);
    }

    @Test
    void aFailedAppendMakesTheCommitFail() {
        transactions.begin();
        fire("refused");

        EventNotStoredException failure = assertThrows(EventNotStoredException.class, transactions::commit);

        assertEquals(PosthornException.class, requireNonNull(failure.getCause()).getClass());
    }

    /** PostgreSQL takes nothing more in the transaction then: the flush would fail, and hide what has happened. */
    @Test
    void aFailedAppendDoomsTheTransactionBeforeTheFlush() {
        transactions.begin();
        fire("refused");
        transactions.atFlush(() -> {
            if (!transactions.getRollbackOnly()) {
                throw new IllegalStateException("current transaction is aborted");
            }
        });

        assertThrows(EventNotStoredException.class, transactions::commit);
    }

    @Test
    void afterAFailedAppendNothingMoreIsStored() {
        transactions.begin();
        fire("refused");
        transactions.atFlush(() -> fire("in the flush"));

        assertThrows(EventNotStoredException.class, transactions::commit);

        assertEquals(List.of(), relay.appended);
    }

    @Test
    void ofATransactionThatIsRolledBackNothingIsSent() {
        transactions.begin();
        fire("rolled back");
        transactions.atFlush(() -> {
            throw new IllegalStateException("a constraint is violated");
        });
        assertThrows(IllegalStateException.class, transactions::commit);

        transactions.begin();
        fire("committed");
        transactions.commit();

        awaitSent("committed");
    }

    /** The server's own thread ends the transaction while the caller waits for the database. */
    @Test
    void aTransactionThatTimesOutInTheAppendHoldsUpNoKey() {
        transactions.begin();
        fire("timed out");
        relay.afterAppend = () -> onAnotherThread(() -> transactions.end(Status.STATUS_ROLLEDBACK));
        transactions.complete();
        relay.afterAppend = () -> {};

        transactions.begin();
        fire("next of its key");
        transactions.commit();

        awaitSent("next of its key");
    }

    @Test
    void whatACommitLeavesBehindIsAnError() {
        try (LogLines log = new LogLines("dev.posthorn.store")) {
            transactions.begin();
            fire("before");
            TransactionBuffer buffer = storing.buffer();
            afterTheLastGuard(() -> buffer.add(Samples.event(null, "forgotten")));

            transactions.commit();

            String line = log.take().get(0);
            assertTrue(line.contains("POSTHORN-1101") && line.contains("forgotten"), line);
        }
    }

    @Test
    void aServerThatCommitsInSpiteOfAFailureIsAnError() {
        try (LogLines log = new LogLines("dev.posthorn.store")) {
            transactions.begin();
            fire("refused");
            transactions.complete();
            transactions.end(Status.STATUS_COMMITTED);

            String line = log.take().get(0);
            assertTrue(line.contains("POSTHORN-1101") && line.contains("refused"), line);
        }
    }

    @Test
    void whatIsStoredOrRolledBackIsNoError() {
        try (LogLines log = new LogLines("dev.posthorn.store")) {
            transactions.begin();
            fire("stored");
            transactions.commit();
            transactions.begin();
            fire("rolled back");
            transactions.rollback();

            assertEquals(List.of(), log.take());
        }
    }

    private void fire(String topic) {
        storing.buffer().add(Samples.event("one key", topic));
    }

    /** Guards register the last one when they are called; so does this, after them. */
    private void afterTheLastGuard(Runnable task) {
        transactions.registerInterposedSynchronization(FakeTransactions.before(
                () -> transactions.registerInterposedSynchronization(FakeTransactions.before(task))));
    }

    private void awaitSent(String... topics) {
        Awaitility.await().untilAsserted(() -> assertEquals(List.of(topics), relay.sent));
    }

    private static void onAnotherThread(Runnable task) {
        Thread thread = new Thread(task, "reaper");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
