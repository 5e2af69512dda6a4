package dev.posthorn.jpa;

import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;

/** What operators do to entries given by their ids: changes of rows that are in a state which allows it, never of others. */
final class InboxOperationsChanges {

    private static final String UPDATE =
            """
            UPDATE %s SET version = version + 1, state_time = %s, %s WHERE %s AND state + 0 IN (%s)
            """;

    private static final String DELETE = """
            DELETE FROM %s WHERE %s AND state + 0 IN (%s)
            """;

    private static final String LOCK =
            """
            SELECT version FROM %s WHERE %s AND state + 0 IN (%s) %s
            """;

    // One with a key goes on when it is its turn, which a release finds out.
    private static final String REQUEUE =
            """
            state = CASE WHEN event_key IS NULL THEN 0 ELSE 3 END, attempts = 0, \
            compensating = CASE WHEN COALESCE(finished, '') = '' THEN 0 ELSE compensating END""";

    private static final String REQUEUED = "2, 4, 5, 6, 7";
    private static final String SKIPPED = "4, 6";
    private static final String DISCARDED = "0, 2, 3, 4, 6, 7";
    private static final String FORGOTTEN = "1, 5";

    private final String table;
    private final String lockToRequeue;
    private final String requeue;
    private final String skip;
    private final String lockToDiscard;
    private final String discard;
    private final String forget;

    InboxOperationsChanges(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        this.lockToRequeue = LOCK.formatted(table, InboxRows.BY_ID, REQUEUED, dialect.lockUnlessLocked());
        this.requeue = UPDATE.formatted(table, dialect.now(), REQUEUE, InboxRows.BY_ID, REQUEUED);
        this.skip = UPDATE.formatted(table, dialect.now(), "state = 2", InboxRows.BY_ID, SKIPPED);
        this.lockToDiscard = LOCK.formatted(table, InboxRows.BY_ID, DISCARDED, dialect.lockUnlessLocked());
        this.discard = UPDATE.formatted(table, dialect.now(), "state = 5", InboxRows.BY_ID, DISCARDED);
        this.forget = DELETE.formatted(table, InboxRows.BY_ID, FORGOTTEN);
    }

    int requeue(EntityManager em, Collection<InboxId> ids) {
        return change(em, requeue, unlocked(em, lockToRequeue, ids));
    }

    int skip(EntityManager em, Collection<InboxId> ids) {
        return change(em, skip, ids);
    }

    int discard(EntityManager em, Collection<InboxId> ids) {
        return change(em, discard, unlocked(em, lockToDiscard, ids));
    }

    int forget(EntityManager em, Collection<InboxId> ids) {
        return change(em, forget, ids);
    }

    /** Those that no handlers are at work on, which may take long. */
    private static List<InboxId> unlocked(EntityManager em, String lock, Collection<InboxId> ids) {
        return ids.stream()
                .filter(id -> !NativeQuery.column(InboxRows.bind(NativeQuery.read(em, lock), InboxText.id(id)))
                        .isEmpty())
                .toList();
    }

    private int change(EntityManager em, String sql, Collection<InboxId> ids) {
        return ids.stream()
                .mapToInt(id -> InboxRows.bind(NativeQuery.change(em, table, sql), InboxText.id(id))
                        .executeUpdate())
                .sum();
    }
}
