package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.ErrorText;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Settling;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

/** Notes what became of events: changes of rows that are the node's or nobody's, never of others. */
final class Marks {

    private static final String MARKABLE = "lane = ?1 AND owner %s AND seq :among AND state + 0 IN (0, 2, 3, 4, 6, 7)";

    private static final String FRESH = MARKABLE.formatted("= ?2");

    // One condition for both: what goes from the one to the other meanwhile is waited for, and found.
    private static final String PUT_AWAY_OR_RETURNED = MARKABLE.formatted("IN (?2, 0)");

    private static final String REMOVED = """
            DELETE FROM %s WHERE %s
            """;

    private static final String DELAYED =
            """
            UPDATE %s SET state = 7, owner = 0, attempts = ?4, last_error = ?5, shelf_order = %s + ?6
            WHERE lane = ?1 AND owner = ?2 AND seq = ?3 AND state + 0 = 0
            """;

    private static final String DEAD =
            """
            UPDATE %s SET owner = 0, attempts = ?4, last_error = ?5, settled_at = %s,
                state = CASE WHEN ordered <> 1 OR event_key IS NULL OR when_dead = 2 THEN 2 WHEN when_dead = 1 THEN 4 ELSE 6 END,
                key_hash = CASE WHEN when_dead = 2 THEN -ABS(key_hash) ELSE key_hash END
            WHERE lane = ?1 AND owner = ?2 AND seq = ?3 AND state + 0 = 0
            """;

    private final String table;
    private final Marking delivered;
    private final Marking removed;
    private final String delayed;
    private final String dead;

    Marks(Dialect dialect, Tables tables) {
        this.table = tables.outbox();
        this.delivered = Marking.of(rows -> Settling.numbers(dialect, tables, RowState.DELIVERED, rows, 2)::settle);
        this.removed = Marking.of(rows -> Among.numbers(dialect, table, REMOVED.formatted(table, rows), 2)::change);
        this.delayed = DELAYED.formatted(table, dialect.now());
        this.dead = DEAD.formatted(table, dialect.now());
    }

    int delivered(EntityManager em, Node owner, String channel, Collection<Long> numbers) {
        return delivered.of(em, owner, channel, numbers);
    }

    int removed(EntityManager em, Node owner, String channel, Collection<Long> numbers) {
        return removed.of(em, owner, channel, numbers);
    }

    private interface Mark {

        int of(EntityManager em, Collection<Long> numbers, Object... laneAndOwner);
    }

    /** Most have never been put away: those that were, or are, are looked for only if some are missing. */
    private record Marking(Mark fresh, Mark others) {

        static Marking of(Function<String, Mark> where) {
            return new Marking(where.apply(FRESH), where.apply(PUT_AWAY_OR_RETURNED));
        }

        int of(EntityManager em, Node node, String channel, Collection<Long> numbers) {
            long lane = Numbers.lane(node.application(), channel);
            long owner = Numbers.owner(node);
            int marked = fresh.of(em, numbers, lane, owner);
            return marked == numbers.size() ? marked : marked + others.of(em, numbers, lane, -owner);
        }
    }

    boolean delayed(
            EntityManager em, Node node, String channel, long number, int attempts, String error, Duration delay) {
        return attempt(em, delayed, node, channel, number, attempts, ErrorText.storable(error), delay.toMillis());
    }

    boolean dead(EntityManager em, Node node, String channel, long number, int attempts, String error) {
        return attempt(em, dead, node, channel, number, attempts, ErrorText.storable(error));
    }

    private boolean attempt(
            EntityManager em, String sql, Node node, String channel, long number, Object... parameters) {
        long lane = Numbers.lane(node.application(), channel);
        long owner = Numbers.owner(node);
        return attempt(em, sql, lane, owner, number, parameters) || attempt(em, sql, lane, -owner, number, parameters);
    }

    private boolean attempt(EntityManager em, String sql, long lane, long owner, long number, Object[] parameters) {
        Sql change = Sql.change(em, table, sql).setAll(lane, owner, number);
        for (int i = 0; i < parameters.length; i++) {
            change.set(4 + i, parameters[i]);
        }
        return change.execute() == 1;
    }
}
