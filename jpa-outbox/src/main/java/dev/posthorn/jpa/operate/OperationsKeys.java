package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.StorableText;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds keys back, and lets them go on. */
final class OperationsKeys {

    // One for each index, where what was put away has another one.
    private static final String FIRST =
            """
            SELECT a.seq, a.owner FROM %s
            WHERE %s AND a.lane = ?1 AND a.key_hash = ?2 AND a.event_key = %s AND a.state + 0 IN (%s) ORDER BY a.lane, a.key_hash, a.seq %s
            """;

    private static final String PARK =
            """
            UPDATE %s SET state = 4, owner = 0, shelf_order = 0 WHERE lane = ?1 AND owner = ?2 AND seq :among AND state + 0 IN (0, 3, 6, 7)
            """;

    private static final String RELEASE =
            """
            UPDATE %s SET state = 3, attempts = 0, shelf_order = key_hash WHERE lane = ?1 AND owner = ?2 AND seq :among AND state + 0 = 4
            """;

    private static final String UNFINISHED = "0, 3, 6, 7";
    private static final String PARKED = "4";

    private final Dialect dialect;
    private final String table;
    private final Among<Long> park;
    private final Among<Long> release;

    OperationsKeys(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.park = Among.numbers(dialect, table, PARK.formatted(table), 2);
        this.release = Among.numbers(dialect, table, RELEASE.formatted(table), 2);
    }

    int park(EntityManager em, Node node, String channel, String key, int limit) {
        return change(em, park, node, channel, key, UNFINISHED, limit);
    }

    int release(EntityManager em, Node node, String channel, String key, int limit) {
        return change(em, release, node, channel, key, PARKED, limit);
    }

    private int change(
            EntityManager em, Among<Long> change, Node node, String channel, String key, String states, int limit) {
        if (!StorableText.isStorable(channel) || !StorableText.isStorable(key)) {
            return 0;
        }
        long lane = Numbers.lane(node.application(), channel);
        // In the order of the owners: all who change several rows lock them in the same order.
        Map<Long, List<Long>> byOwner = dialect.partsOfKey("a").stream()
                .flatMap(part -> first(em, part, lane, key, states, limit).stream())
                .sorted(Comparator.comparingLong(row -> Values.number(row[0])))
                .limit(limit)
                .collect(Collectors.groupingBy(
                        row -> Values.number(row[1]),
                        TreeMap::new,
                        Collectors.mapping(row -> Values.number(row[0]), Collectors.toList())));
        return byOwner.entrySet().stream()
                .mapToInt(each -> change.change(em, each.getValue(), lane, each.getKey()))
                .sum();
    }

    private List<@Nullable Object[]> first(
            EntityManager em, String part, long lane, String key, String states, int limit) {
        String sql = FIRST.formatted(
                dialect.by(OutboxIndex.TURN, table, "a"), part, dialect.text(3), states, dialect.limit(limit));
        return Sql.read(em, sql).setAll(lane, Numbers.key(key), key).rows();
    }
}
