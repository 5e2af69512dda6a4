package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.RowState;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes what came to its end long ago. */
final class CleanUp {

    // Two nodes that clean at the same time pass over each other's rows.
    private static final String SELECT =
            """
            SELECT id FROM %s WHERE state = %d AND application = ?1 AND settled_at < %s - ?2
            ORDER BY state, application, settled_at %s %s
            """;

    private static final String DELETE =
            """
            DELETE FROM %s WHERE id :in_ids AND state + 0 IN (1, 5)
            """;

    /** The states that no event leaves. */
    static final List<RowState> FINAL = List.of(RowState.DELIVERED, RowState.DISCARDED);

    private final Dialect dialect;
    private final String table;
    private final ByIds delete;

    CleanUp(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.delete = new ByIds(dialect, table, DELETE.formatted(table), 0);
    }

    /** Deletes events in one of the final states, and answers how many; fewer than {@code limit} if there are no more. */
    int clean(EntityManager em, RowState state, String application, Duration retention, int limit) {
        return delete.change(em, outdated(em, state, application, retention, limit));
    }

    private List<UUID> outdated(EntityManager em, RowState state, String application, Duration retention, int limit) {
        String sql = SELECT.formatted(table, state.code(), dialect.now(), dialect.limit(limit), dialect.skipLocked());
        return NativeQuery.ids(
                NativeQuery.read(em, sql).setParameter(1, application).setParameter(2, retention.toMillis()));
    }
}
