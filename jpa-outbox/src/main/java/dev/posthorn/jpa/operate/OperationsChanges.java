package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.OUTBOX;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Settling;
import dev.posthorn.operator.EventState;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** What operators do to events given by their ids: changes of rows that are in a state which allows it, never of others. */
final class OperationsChanges {

    // An event that takes part in the order of its key again has the key's number without a minus.
    private static final String REQUEUE =
            """
            UPDATE %s SET state = 0, owner = ?2, attempts = 0, shelf_order = 0, settled_at = NULL,
                key_hash = CASE WHEN ordered = 1 THEN ABS(key_hash) ELSE key_hash END
            WHERE id :among AND application = ?1 AND :of_owner AND :in_states
            """;

    private static final String SKIP =
            """
            UPDATE %s SET state = 2, key_hash = -ABS(key_hash) WHERE id :among AND application = ?1 AND owner + 0 <= 0 AND :in_states
            """;

    private static final String OF_IDS = "id :among AND application = ?1 AND %s AND :in_states";

    private static final String PUT_AWAY = "owner + 0 <= 0";
    private static final String NEVER_PUT_AWAY = "owner + 0 > 0";

    private static final Set<RowState> REQUEUED =
            EnumSet.of(RowState.DEAD, RowState.PARKED, RowState.BLOCKING, RowState.DELAYED);
    private static final Set<RowState> SKIPPABLE = EnumSet.of(RowState.PARKED, RowState.BLOCKING);
    private static final Set<RowState> DISCARDED =
            EnumSet.complementOf(EnumSet.of(RowState.DELIVERED, RowState.DISCARDED));

    private final Dialect dialect;
    private final Tables tables;
    private final String requeue;
    private final String skip;
    private final Reopening reopening;

    OperationsChanges(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.tables = tables;
        this.requeue = REQUEUE.formatted(tables.outbox());
        this.skip = SKIP.formatted(tables.outbox());
        this.reopening = new Reopening(dialect, tables);
    }

    int requeue(EntityManager em, Node node, Collection<UUID> ids, Set<EventState> from) {
        String states = OUTBOX.condition(from, REQUEUED, true);
        int requeued = requeue(em, node, ids, states, PUT_AWAY);
        if (from.contains(EventState.UNKNOWN) && requeued < ids.size()) {
            requeued += requeue(em, node, ids, states, NEVER_PUT_AWAY);
        }
        return from.contains(EventState.DISCARDED) && requeued < ids.size()
                ? requeued + reopening.reopen(em, node, RowState.DISCARDED, ids)
                : requeued;
    }

    private int requeue(EntityManager em, Node node, Collection<UUID> ids, String states, String which) {
        return change(em, requeue.replace(":of_owner", which), ids, states, node.application(), -Numbers.owner(node));
    }

    int skip(EntityManager em, Node node, Collection<UUID> ids, Set<EventState> from) {
        return change(em, skip, ids, OUTBOX.condition(from, SKIPPABLE, false), node.application());
    }

    /** What was never put away comes last, since PostgreSQL has no index on its ids. */
    int discard(EntityManager em, Node node, Collection<UUID> ids, Set<EventState> from) {
        String states = OUTBOX.condition(from, DISCARDED, true);
        if (states.isEmpty()) {
            return 0;
        }
        int discarded = discard(em, node, ids, states, PUT_AWAY);
        return discarded < ids.size() ? discarded + discard(em, node, ids, states, NEVER_PUT_AWAY) : discarded;
    }

    private int discard(EntityManager em, Node node, Collection<UUID> ids, String states, String which) {
        String condition = OF_IDS.formatted(which).replace(":in_states", states);
        return Settling.ids(dialect, tables, RowState.DISCARDED, condition, 1).settle(em, ids, node.application());
    }

    int sendAgain(EntityManager em, Node node, Collection<UUID> ids) {
        return reopening.reopen(em, node, RowState.DELIVERED, ids);
    }

    private int change(EntityManager em, String sql, Collection<UUID> ids, String states, Object... parameters) {
        return states.isEmpty()
                ? 0
                : Among.ids(dialect, tables.outbox(), sql.replace(":in_states", states), parameters.length)
                        .change(em, ids, parameters);
    }
}
