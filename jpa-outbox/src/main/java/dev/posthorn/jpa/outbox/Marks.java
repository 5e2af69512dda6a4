package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.ErrorText;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/** Notes what became of events: changes of rows that are unfinished and still owned by the node, never of others. */
final class Marks {

    private static final String DELIVERED =
            """
            UPDATE %s SET state = 1, settled_at = %s WHERE id :in_ids AND state + 0 IN (0, 3, 4, 6, 7) AND owner = ?1
            """;

    private static final String REMOVED =
            """
            DELETE FROM %s WHERE id :in_ids AND state + 0 IN (0, 3, 4, 6, 7) AND owner = ?1
            """;

    private static final String DELAYED =
            """
            UPDATE %s SET state = 7, attempts = ?1, last_error = ?2, due_at = %s + ?5 WHERE id = %s AND state + 0 = 0 AND owner = ?4
            """;

    private static final String DEAD =
            """
            UPDATE %s SET attempts = ?1, last_error = ?2, settled_at = %s,
                state = CASE WHEN ordered <> 1 OR event_key IS NULL OR when_dead = 2 THEN 2 WHEN when_dead = 1 THEN 4 ELSE 6 END
            WHERE id = %s AND state + 0 = 0 AND owner = ?4
            """;

    private final String table;
    private final ByIds delivered;
    private final ByIds removed;
    private final String delayed;
    private final String dead;

    Marks(Dialect dialect, Tables tables) {
        this.table = tables.outbox();
        this.delivered = new ByIds(dialect, table, DELIVERED.formatted(table, dialect.now()), 1);
        this.removed = new ByIds(dialect, table, REMOVED.formatted(table), 1);
        this.delayed = DELAYED.formatted(table, dialect.now(), dialect.uuid(3));
        this.dead = DEAD.formatted(table, dialect.now(), dialect.uuid(3));
    }

    int delivered(EntityManager em, Node owner, Collection<UUID> ids) {
        return delivered.change(em, ids, owner.id());
    }

    int removed(EntityManager em, Node owner, Collection<UUID> ids) {
        return removed.change(em, ids, owner.id());
    }

    boolean delayed(EntityManager em, Node owner, UUID id, int attempts, String error, Duration delay) {
        return attempt(em, delayed, owner, id, attempts, error)
                        .setParameter(5, delay.toMillis())
                        .executeUpdate()
                == 1;
    }

    boolean dead(EntityManager em, Node owner, UUID id, int attempts, String error) {
        return attempt(em, dead, owner, id, attempts, error).executeUpdate() == 1;
    }

    private Query attempt(EntityManager em, String sql, Node owner, UUID id, int attempts, String error) {
        return NativeQuery.change(em, table, sql)
                .setParameter(1, attempts)
                .setParameter(2, ErrorText.storable(error))
                .setParameter(3, id.toString())
                .setParameter(4, owner.id());
    }
}
