package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;

/** Brings back the delayed events whose time has come. */
final class Delays {

    // Nodes that look at the same time pass over what another one is just taking.
    private static final String DUE =
            """
            SELECT id FROM %s WHERE state = 7 AND application = ?1 AND channel = ?2 AND due_at <= %s
            ORDER BY state, application, channel, due_at %s %s
            """;

    private static final String TAKE =
            """
            UPDATE %s SET state = 0, owner = ?1 WHERE id :in_ids AND state + 0 = 7
            """;

    private final Dialect dialect;
    private final String table;
    private final ByIds take;

    Delays(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.take = new ByIds(dialect, table, TAKE.formatted(table), 1);
    }

    int takeDue(EntityManager em, Node node, String channel, int limit) {
        String due = DUE.formatted(table, dialect.now(), dialect.limit(limit), dialect.skipLocked());
        return take.change(
                em,
                NativeQuery.ids(NativeQuery.read(em, due)
                        .setParameter(1, node.application())
                        .setParameter(2, channel)),
                node.id());
    }
}
