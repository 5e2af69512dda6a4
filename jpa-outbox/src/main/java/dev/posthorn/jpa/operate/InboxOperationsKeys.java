package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.inbox.InboxRows;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds keys of the inbox back, and lets them go on. */
final class InboxOperationsKeys {

    private static final String FIRST =
            """
            SELECT a.consumer, a.source, a.event_id, a.seq, a.state FROM %s WHERE %s %s
            ORDER BY %s, a.seq %s
            """;

    private static final String CHANGE =
            """
            UPDATE %s SET version = version + 1, state_time = %s, %s WHERE %s AND state + 0 IN (%s)
            """;

    private static final int SEQ = 3;
    private static final int STATE = 4;

    private static final Set<Integer> DUE = Set.of(RowState.UNSENT.code(), RowState.DELAYED.code());

    private static final String ALL = "";
    private static final String DEAD = "AND a.state + 0 = 6";
    private static final String PARKED = "AND a.state + 0 = 4";

    private final Dialect dialect;
    private final String table;
    private final String park;
    private final String release;

    InboxOperationsKeys(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.inbox();
        this.park = CHANGE.formatted(table, dialect.now(), "state = 4", InboxRows.BY_ID, "0, 3, 6, 7");
        this.release = CHANGE.formatted(
                table,
                dialect.now(),
                "state = 3, attempts = 0, compensating = CASE WHEN COALESCE(finished, '') = '' THEN 0 ELSE compensating END",
                InboxRows.BY_ID,
                "4");
    }

    int park(EntityManager em, String consumer, String channel, String key, int limit) {
        Stream<Object[]> unfinished = Stream.of(
                        first(em, consumer, channel, key, KeyPart.DUE, ALL, limit),
                        first(em, consumer, channel, key, KeyPart.WAITING, ALL, limit),
                        first(em, consumer, channel, key, KeyPart.HELD, DEAD, limit))
                .flatMap(List::stream);
        return change(em, park, unfinished, limit);
    }

    int release(EntityManager em, String consumer, String channel, String key, int limit) {
        Stream<Object[]> parked = first(em, consumer, channel, key, KeyPart.HELD, PARKED, limit).stream();
        return change(em, release, parked, limit);
    }

    private List<@Nullable Object[]> first(
            EntityManager em, String consumer, String channel, String key, KeyPart part, String states, int limit) {
        String sql = FIRST.formatted(
                dialect.byKey(part, table, "a"),
                InboxRows.ofKey(dialect, part, "a"),
                states,
                dialect.inOrderOfKeys("a"),
                dialect.limit(limit));
        return InboxRows.bindKey(Sql.read(em, sql), consumer, channel, key).rows();
    }

    /**
     * The due one comes last. Whoever releases another one of the key at the same time has locked that one, and waits in the unique index
     * for what becomes of this one.
     */
    private int change(EntityManager em, String sql, Stream<Object[]> rows, int limit) {
        return rows.sorted(Comparator.comparingLong(row -> Values.number(row[SEQ])))
                .limit(limit)
                .sorted(Comparator.comparing(row -> DUE.contains(Values.integer(row[STATE]))))
                .map(row -> new InboxId(Values.text(row[0]), Values.text(row[1]), Values.text(row[2])))
                .mapToInt(id -> InboxRows.bind(Sql.change(em, table, sql), id).execute())
                .sum();
    }
}
