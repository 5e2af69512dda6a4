package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.UUID;

/** Notes what became of events: changes of rows that are unsent and still owned by the node, never of others. */
final class Marks {

    private static final String DELIVERED =
            """
            UPDATE %s SET state = %d, settled_at = %s WHERE id :in_ids AND state + 0 = 0 AND owner = ?1
            """;

    private static final String REMOVED =
            """
            DELETE FROM %s WHERE id :in_ids AND state + 0 = 0 AND owner = ?1
            """;

    private static final String FAILED =
            """
            UPDATE %s SET attempts = ?1, last_error = ?2 WHERE id = %s AND state + 0 = 0 AND owner = ?4
            """;

    private static final String DEAD =
            """
            UPDATE %s SET state = %d, attempts = ?1, last_error = ?2, settled_at = %s WHERE id = %s AND state + 0 = 0 AND owner = ?4
            """;

    static final int MAX_ERROR = 2000;

    private final Dialect dialect;
    private final String table;
    private final ByIds delivered;
    private final ByIds removed;
    private final String failed;
    private final String dead;

    Marks(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.delivered =
                new ByIds(dialect, table, DELIVERED.formatted(table, RowState.DELIVERED.code(), dialect.now()), 1);
        this.removed = new ByIds(dialect, table, REMOVED.formatted(table), 1);
        this.failed = FAILED.formatted(table, dialect.uuid(3));
        this.dead = DEAD.formatted(table, RowState.DEAD.code(), dialect.now(), dialect.uuid(3));
    }

    int delivered(EntityManager em, Node owner, Collection<UUID> ids) {
        relaxDurability(em);
        return delivered.change(em, ids, owner.id());
    }

    int removed(EntityManager em, Node owner, Collection<UUID> ids) {
        relaxDurability(em);
        return removed.change(em, ids, owner.id());
    }

    boolean failed(EntityManager em, Node owner, UUID id, int attempts, String error) {
        return attempt(em, failed, owner, id, attempts, error);
    }

    boolean dead(EntityManager em, Node owner, UUID id, int attempts, String error) {
        return attempt(em, dead, owner, id, attempts, error);
    }

    private boolean attempt(EntityManager em, String sql, Node owner, UUID id, int attempts, String error) {
        return NativeQuery.change(em, table, sql)
                        .setParameter(1, attempts)
                        .setParameter(2, storable(error))
                        .setParameter(3, id.toString())
                        .setParameter(4, owner.id())
                        .executeUpdate()
                == 1;
    }

    private void relaxDurability(EntityManager em) {
        dialect.relaxedDurability()
                .ifPresent(sql -> NativeQuery.change(em, table, sql).executeUpdate());
    }

    /** Nobody chose the text of an error: it may be long, and have characters that PostgreSQL refuses. */
    private static String storable(String error) {
        String text = error.replace('\0', ' ');
        if (text.length() <= MAX_ERROR) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_ERROR - 1)) ? MAX_ERROR - 1 : MAX_ERROR;
        return text.substring(0, end);
    }
}
