package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.OUTBOX;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.operator.EventState;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** What operators do to events given by their ids: changes of rows that are in a state which allows it, never of others. */
final class OperationsChanges {

    private static final String REQUEUE =
            """
            UPDATE %s SET state = 0, owner = ?1, attempts = 0, due_at = 0, settled_at = NULL
            WHERE id :in_ids AND application = ?2 AND :in_states
            """;

    private static final String SKIP =
            """
            UPDATE %s SET state = 2 WHERE id :in_ids AND application = ?1 AND :in_states
            """;

    private static final String DISCARD =
            """
            UPDATE %s SET state = 5, settled_at = %s WHERE id :in_ids AND application = ?1 AND :in_states
            """;

    private static final String SEND_AGAIN =
            """
            UPDATE %s SET state = 0, owner = ?1, attempts = 0, settled_at = NULL
            WHERE id :in_ids AND application = ?2 AND state + 0 = 1
            """;

    private static final Set<RowState> REQUEUED =
            EnumSet.of(RowState.DEAD, RowState.PARKED, RowState.DISCARDED, RowState.BLOCKING, RowState.DELAYED);
    private static final Set<RowState> SKIPPABLE = EnumSet.of(RowState.PARKED, RowState.BLOCKING);
    private static final Set<RowState> DISCARDED =
            EnumSet.complementOf(EnumSet.of(RowState.DELIVERED, RowState.DISCARDED));

    private final Dialect dialect;
    private final String table;
    private final String requeue;
    private final String skip;
    private final String discard;
    private final ByIds sendAgain;

    OperationsChanges(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.requeue = REQUEUE.formatted(table);
        this.skip = SKIP.formatted(table);
        this.discard = DISCARD.formatted(table, dialect.now());
        this.sendAgain = new ByIds(dialect, table, SEND_AGAIN.formatted(table), 2);
    }

    int requeue(EntityManager em, Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(em, requeue, ids, OUTBOX.condition(from, REQUEUED, true), node.id(), node.application());
    }

    int skip(EntityManager em, Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(em, skip, ids, OUTBOX.condition(from, SKIPPABLE, false), node.application());
    }

    int discard(EntityManager em, Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(em, discard, ids, OUTBOX.condition(from, DISCARDED, true), node.application());
    }

    int sendAgain(EntityManager em, Node node, Collection<UUID> ids) {
        return sendAgain.change(em, ids, node.id(), node.application());
    }

    private int change(EntityManager em, String sql, Collection<UUID> ids, String states, Object... parameters) {
        return states.isEmpty()
                ? 0
                : new ByIds(dialect, table, sql.replace(":in_states", states), parameters.length)
                        .change(em, ids, parameters);
    }
}
