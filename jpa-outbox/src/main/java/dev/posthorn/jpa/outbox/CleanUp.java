package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes what came to its end long ago. */
final class CleanUp {

    private static final String OUTDATED = "application = ?1 AND state = %d AND settled_at < %s - ?2";

    private static final String OLDEST_FIRST = "application, state, settled_at, seq";

    private static final String FIRST =
            """
            SELECT settled_at, seq FROM %s WHERE %s ORDER BY %s %s
            """;

    private static final String DELETE =
            """
            DELETE FROM %s WHERE application = ?1 AND state = %d AND settled_at = ?2 AND seq = ?3
            """;

    /** The states that no event leaves. */
    static final List<RowState> FINAL = List.of(RowState.DELIVERED, RowState.DISCARDED);

    private final Dialect dialect;
    private final String table;

    CleanUp(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.settled();
    }

    /** Deletes events in one of the final states, and answers how many; fewer than {@code limit} if there are no more. */
    int clean(EntityManager em, RowState state, String application, Duration retention, int limit) {
        String condition = OUTDATED.formatted(state.code(), dialect.now());
        return dialect.deleteFirst(table, condition, OLDEST_FIRST, limit)
                .map(sql -> Sql.change(em, table, sql)
                        .setAll(application, retention.toMillis())
                        .execute())
                .orElseGet(() -> outdated(em, condition, application, retention, limit).stream()
                        .mapToInt(row -> delete(em, state, application, row))
                        .sum());
    }

    private List<@Nullable Object[]> outdated(
            EntityManager em, String condition, String application, Duration retention, int limit) {
        return Sql.read(em, FIRST.formatted(table, condition, OLDEST_FIRST, dialect.limit(limit)))
                .setAll(application, retention.toMillis())
                .rows();
    }

    private int delete(EntityManager em, RowState state, String application, @Nullable Object[] row) {
        return Sql.change(em, table, DELETE.formatted(table, state.code()))
                .setAll(application, Values.number(row[0]), Values.number(row[1]))
                .execute();
    }
}
