package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes what was delivered long ago. */
final class CleanUp {

    // Two nodes that clean at the same time pass over each other's rows.
    private static final String SELECT =
            """
            SELECT id FROM %s WHERE state = 1 AND application = ?1 AND settled_at < %s - ?2
            ORDER BY state, application, settled_at %s %s
            """;

    private static final String DELETE =
            """
            DELETE FROM %s WHERE id :in_ids AND state + 0 = 1
            """;

    /** The most that one transaction deletes. */
    static final int BATCH = 500;

    private final Dialect dialect;
    private final String table;
    private final ByIds delete;

    CleanUp(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.delete = new ByIds(dialect, table, DELETE.formatted(table), 0);
    }

    /** Deletes, and answers how many; fewer than {@code limit} if there are no more. */
    int clean(EntityManager em, String application, Duration retention, int limit) {
        return delete.change(em, outdated(em, application, retention, limit));
    }

    private List<UUID> outdated(EntityManager em, String application, Duration retention, int limit) {
        String sql = SELECT.formatted(table, dialect.now(), dialect.limit(limit), dialect.skipLocked());
        return NativeQuery.column(
                        NativeQuery.read(em, sql).setParameter(1, application).setParameter(2, retention.toMillis()))
                .stream()
                .map(Values::uuid)
                .toList();
    }
}
