package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Phase;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.StorableText;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Holds keys back, and lets them go on. */
final class OperationsKeys {

    // One for each index, since no index has all that is unfinished.
    private static final String FIRST =
            """
            SELECT a.id, a.seq FROM %s WHERE %s AND a.application = ?1 AND a.channel = ?2 %s ORDER BY %s, a.seq %s
            """;

    private static final String PARK =
            """
            UPDATE %s SET state = 4, due_at = 0 WHERE id :in_ids AND state + 0 IN (0, 3, 6, 7)
            """;

    private static final String RELEASE =
            """
            UPDATE %s SET state = 3, attempts = 0 WHERE id :in_ids AND state + 0 = 4
            """;

    private static final String ALL = "";
    private static final String DEAD_OR_DELAYED = "AND a.state + 0 IN (6, 7)";
    private static final String PARKED = "AND a.state + 0 = 4";

    private final Dialect dialect;
    private final String table;
    private final ByIds park;
    private final ByIds release;

    OperationsKeys(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.park = new ByIds(dialect, table, PARK.formatted(table), 0);
        this.release = new ByIds(dialect, table, RELEASE.formatted(table), 0);
    }

    int park(EntityManager em, Node node, String channel, String key, int limit) {
        Stream<Object[]> unfinished = Stream.of(
                        first(em, node, channel, key, Phase.UNSENT, ALL, limit),
                        first(em, node, channel, key, Phase.WAITING, ALL, limit),
                        first(em, node, channel, key, Phase.HELD, DEAD_OR_DELAYED, limit))
                .flatMap(List::stream);
        return park.change(em, first(unfinished, limit));
    }

    int release(EntityManager em, Node node, String channel, String key, int limit) {
        List<Object[]> parked = first(em, node, channel, key, Phase.HELD, PARKED, limit);
        return release.change(em, first(parked.stream(), limit));
    }

    private List<Object[]> first(
            EntityManager em, Node node, String channel, String key, Phase phase, String states, int limit) {
        if (!StorableText.isStorable(channel) || !StorableText.isStorable(key)) {
            return List.of();
        }
        String sql = FIRST.formatted(
                dialect.byKey(table, "a"),
                dialect.ofKey(phase, "a", dialect.text(3)),
                states,
                dialect.orderByKey("a"),
                dialect.limit(limit));
        return NativeQuery.rows(NativeQuery.read(em, sql)
                .setParameter(1, node.application())
                .setParameter(2, channel)
                .setParameter(3, key));
    }

    private static List<UUID> first(Stream<Object[]> rows, int limit) {
        return rows.sorted(Comparator.comparingLong(row -> Values.number(row[1])))
                .limit(limit)
                .map(row -> Values.uuid(row[0]))
                .toList();
    }
}
