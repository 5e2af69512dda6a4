package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.UUID;

/** What operators do to events given by their ids: changes of rows that are in a state which allows it, never of others. */
final class OperationsChanges {

    private static final String REQUEUE =
            """
            UPDATE %s SET state = 0, owner = ?1, attempts = 0, due_at = 0, settled_at = NULL
            WHERE id :in_ids AND application = ?2 AND state + 0 IN (2, 4, 5, 6, 7)
            """;

    private static final String SKIP =
            """
            UPDATE %s SET state = 2 WHERE id :in_ids AND application = ?1 AND state + 0 IN (4, 6)
            """;

    private static final String DISCARD =
            """
            UPDATE %s SET state = 5, settled_at = %s
            WHERE id :in_ids AND application = ?1 AND state + 0 IN (0, 2, 3, 4, 6, 7)
            """;

    private static final String SEND_AGAIN =
            """
            UPDATE %s SET state = 0, owner = ?1, attempts = 0, settled_at = NULL
            WHERE id :in_ids AND application = ?2 AND state + 0 = 1
            """;

    private final ByIds requeue;
    private final ByIds skip;
    private final ByIds discard;
    private final ByIds sendAgain;

    OperationsChanges(Dialect dialect, Tables tables) {
        String table = tables.outbox();
        this.requeue = new ByIds(dialect, table, REQUEUE.formatted(table), 2);
        this.skip = new ByIds(dialect, table, SKIP.formatted(table), 1);
        this.discard = new ByIds(dialect, table, DISCARD.formatted(table, dialect.now()), 1);
        this.sendAgain = new ByIds(dialect, table, SEND_AGAIN.formatted(table), 2);
    }

    int requeue(EntityManager em, Node node, Collection<UUID> ids) {
        return requeue.change(em, ids, node.id(), node.application());
    }

    int skip(EntityManager em, Node node, Collection<UUID> ids) {
        return skip.change(em, ids, node.application());
    }

    int discard(EntityManager em, Node node, Collection<UUID> ids) {
        return discard.change(em, ids, node.application());
    }

    int sendAgain(EntityManager em, Node node, Collection<UUID> ids) {
        return sendAgain.change(em, ids, node.id(), node.application());
    }
}
