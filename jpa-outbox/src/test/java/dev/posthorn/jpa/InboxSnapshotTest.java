package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.spi.InboxStore.Admission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a message costs PostgreSQL while somebody's snapshot keeps the past: {@code -Dinbox.handled=1000000} for a long one. */
class InboxSnapshotTest {

    private static final int HANDLED = Integer.getInteger("inbox.handled", 3000);
    private static final int TRANSACTION = 100;

    /** By so many blocks, indexes may have become higher. */
    private static final int GROWTH = 6;

    /** They are handled as soon as they are there, so they never were in the indexes of what is unfinished. */
    @Test
    void whatWasHandledAtOnceIsNotInTheWayOfItsKey() throws SQLException {
        try (Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL)) {
            JpaInboxStore store = fixture.preparedInbox();
            Jdbc.execute(fixture.dataSource, "ALTER TABLE posthorn_inbox SET (autovacuum_enabled = false)");
            try (Connection other = fixture.dataSource.getConnection()) {
                other.setAutoCommit(false);
                other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                other.createStatement().execute("SELECT COUNT(*) FROM posthorn_inbox");
                long first = blocksOfOne(fixture, store);

                for (int i = 0; i < HANDLED; i += TRANSACTION) {
                    admit(fixture, store);
                }

                long last = blocksOfOne(fixture, store);
                assertTrue(last <= first + GROWTH, () -> first + " blocks became " + last);
            }
        }
    }

    private static void admit(Fixture fixture, JpaInboxStore store) {
        fixture.transactions.separately(em -> {
            for (int i = 0; i < TRANSACTION; i++) {
                assertEquals(Admission.NEW, store.admit(event("key")));
            }
            return true;
        });
    }

    /** The fewest of several, since some split a page. */
    private static long blocksOfOne(Fixture fixture, JpaInboxStore store) {
        return IntStream.range(0, 10)
                .mapToLong(i -> fixture.transactions.separately(em -> {
                    long before = InboxBlocks.read(em);
                    assertEquals(Admission.NEW, store.admit(event("key")));
                    return InboxBlocks.read(em) - before;
                }))
                .min()
                .orElseThrow();
    }
}
