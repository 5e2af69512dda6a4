package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.INBOX;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.inbox.InboxCleanUp;
import dev.posthorn.jpa.inbox.InboxRows;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What operators do to entries given by their ids: changes of rows that are in a state which allows it, never of others. */
final class InboxOperationsChanges {

    private static final String UPDATE =
            """
            UPDATE %s SET version = version + 1, state_time = %s, %s WHERE %s AND :in_states
            """;

    private static final String DELETE = """
            DELETE FROM %s WHERE %s AND :in_states
            """;

    private static final String LOCK =
            """
            SELECT version FROM %s WHERE %s AND :in_states %s
            """;

    // One with a key goes on when it is its turn, which a release finds out.
    private static final String REQUEUE =
            """
            state = CASE WHEN event_key IS NULL THEN 0 ELSE 3 END, attempts = 0, \
            compensating = CASE WHEN COALESCE(finished, '') = '' THEN 0 ELSE compensating END""";

    private static final Set<RowState> REQUEUED =
            EnumSet.of(RowState.DEAD, RowState.BLOCKING, RowState.DELAYED, RowState.PARKED, RowState.DISCARDED);
    private static final Set<RowState> SKIPPABLE = EnumSet.of(RowState.BLOCKING, RowState.PARKED);
    private static final Set<RowState> FORGOTTEN = Set.copyOf(InboxCleanUp.FINAL);
    private static final Set<RowState> DISCARDED = EnumSet.complementOf(EnumSet.copyOf(FORGOTTEN));

    private final String table;
    private final String lock;
    private final String requeue;
    private final String skip;
    private final String discard;
    private final String forget;

    InboxOperationsChanges(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        this.lock = LOCK.formatted(table, InboxRows.BY_ID, dialect.lockUnlessLocked());
        this.requeue = UPDATE.formatted(table, dialect.now(), REQUEUE, InboxRows.BY_ID);
        this.skip = UPDATE.formatted(table, dialect.now(), "state = 2", InboxRows.BY_ID);
        this.discard = UPDATE.formatted(table, dialect.now(), "state = 5", InboxRows.BY_ID);
        this.forget = DELETE.formatted(table, InboxRows.BY_ID);
    }

    int requeue(EntityManager em, Collection<InboxId> ids, Set<ReceivedState> from) {
        return changeUnlocked(em, requeue, ids, INBOX.condition(from, REQUEUED, true));
    }

    int skip(EntityManager em, Collection<InboxId> ids, Set<ReceivedState> from) {
        return change(em, skip, ids, INBOX.condition(from, SKIPPABLE, false));
    }

    int discard(EntityManager em, Collection<InboxId> ids, Set<ReceivedState> from) {
        return changeUnlocked(em, discard, ids, INBOX.condition(from, DISCARDED, true));
    }

    int forget(EntityManager em, Collection<InboxId> ids, Set<ReceivedState> from) {
        return change(em, forget, ids, INBOX.condition(from, FORGOTTEN, false));
    }

    /** Changes those that no handlers are at work on, which may take long. */
    private int changeUnlocked(EntityManager em, String sql, Collection<InboxId> ids, String states) {
        if (states.isEmpty()) {
            return 0;
        }
        String lockInStates = in(states, lock);
        List<InboxId> unlocked = ids.stream()
                .filter(id -> !InboxRows.bind(Sql.read(em, lockInStates), InboxText.id(id))
                        .column()
                        .isEmpty())
                .toList();
        return change(em, sql, unlocked, states);
    }

    private int change(EntityManager em, String sql, Collection<InboxId> ids, String states) {
        if (states.isEmpty()) {
            return 0;
        }
        String inStates = in(states, sql);
        return ids.stream()
                .mapToInt(id -> InboxRows.bind(Sql.change(em, table, inStates), InboxText.id(id))
                        .execute())
                .sum();
    }

    private static String in(String states, String sql) {
        return sql.replace(":in_states", states);
    }
}
