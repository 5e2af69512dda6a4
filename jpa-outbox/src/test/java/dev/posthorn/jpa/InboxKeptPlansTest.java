package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.event;
import static dev.posthorn.jpa.Inbox.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Kept;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the inbox asks in the transaction of the handlers, which nobody may tell how to plan: the driver prepares it by name after some
 * executions, and PostgreSQL keeps a plan after some more. Made for a table of one page, it has to be as good for 100 000 rows.
 */
class InboxKeptPlansTest {

    /** More than it takes driver and database until a plan is kept. */
    private static final int EXECUTIONS = 30;

    private static final int MANY = 100_000;

    /** Far fewer than all have, and more than an INSERT needs in all indexes. */
    private static final int FEW_BLOCKS = 100;

    private static final String HANDLED =
            """
            INSERT INTO posthorn_inbox (consumer, source, event_id, channel, type, event_key, key_hash, when_dead, state, state_time, received_at)
            SELECT 'warehouse', '/shop', 'old' || i, 'orders-in', 't', 'k' || i, %s, 0, 1, i, i FROM generate_series(1, %d) i
            """
                    .formatted(Filling.hash("'k' || i"), MANY);

    /** What the statistics are of. */
    enum Analysed {
        NOTHING,
        ONE_PAGE
    }

    /** What is asked. */
    enum Question {
        NEW {
            @Override
            void ask(JpaInboxStore store, InboxEvent due, int version) {
                assertEquals(Admission.NEW, store.admit(event("key")));
            }
        },
        BEHIND {
            @Override
            void ask(JpaInboxStore store, InboxEvent due, int version) {
                assertEquals(Admission.BEHIND, store.admit(event(due.key())));
            }
        },
        KNOWN {
            @Override
            void ask(JpaInboxStore store, InboxEvent due, int version) {
                assertEquals(Admission.KNOWN, store.admit(due));
            }
        },
        CLAIM {
            @Override
            void ask(JpaInboxStore store, InboxEvent due, int version) {
                assertTrue(store.claim(due.id(), 0));
            }
        },
        ADVANCE {
            @Override
            void ask(JpaInboxStore store, InboxEvent due, int version) {
                assertTrue(store.advance(due.id(), version, List.of("a"), Duration.ZERO));
            }
        },
        FINISH {
            @Override
            void ask(JpaInboxStore store, InboxEvent due, int version) {
                assertFalse(store.finish(due.id(), -1));
            }
        };

        abstract void ask(JpaInboxStore store, InboxEvent due, int version);
    }

    @ParameterizedTest
    @EnumSource
    void aPlanThatWasMadeForATinyTableMayBeKept(Question question) {
        for (Analysed analysed : Analysed.values()) {
            try (Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL)) {
                long blocks = blocksOfLarge(fixture, analysed, question);

                assertTrue(blocks < FEW_BLOCKS, () -> blocks + " blocks, with statistics of " + analysed);
            }
        }
    }

    /** How many blocks one more question reads once the table is large, on the connection that has asked it before. */
    private static long blocksOfLarge(Fixture fixture, Analysed analysed, Question question) {
        JpaInboxStore store = fixture.preparedInbox();
        Jdbc.execute(fixture.dataSource, "ALTER TABLE posthorn_inbox SET (autovacuum_enabled = false)");
        if (analysed == Analysed.NOTHING) {
            Jdbc.execute(fixture.dataSource, "ANALYZE posthorn_inbox");
        }
        InboxEvent due = event("of the due one");
        assertEquals(Kept.DUE, store.keep(due, message(), Duration.ZERO, 0, null));
        if (analysed == Analysed.ONE_PAGE) {
            Jdbc.execute(fixture.dataSource, "ANALYZE posthorn_inbox");
        }
        return fixture.transactions.separately(em -> {
            for (int i = 0; i < EXECUTIONS; i++) {
                question.ask(store, due, i);
            }
            Jdbc.execute(fixture.dataSource, HANDLED);
            long before = InboxBlocks.read(em);
            question.ask(store, due, EXECUTIONS);
            return InboxBlocks.read(em) - before;
        });
    }
}
