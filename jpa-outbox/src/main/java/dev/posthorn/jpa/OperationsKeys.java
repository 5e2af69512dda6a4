package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

/** Holds keys back, and lets them go on. */
final class OperationsKeys {

    private static final String FIRST =
            """
            SELECT id FROM %s
            WHERE application = ?1 AND channel = ?2 AND event_key = ?3 AND ordered = 1 AND state IN (%s)
            ORDER BY application, channel, event_key, seq %s
            """;

    private static final String PARK =
            """
            UPDATE %s SET state = 4, due_at = 0 WHERE id :in_ids AND state + 0 IN (0, 3, 6, 7)
            """;

    private static final String RELEASE =
            """
            UPDATE %s SET state = 3, attempts = 0 WHERE id :in_ids AND state + 0 = 4
            """;

    private static final String TO_BE_PARKED = "0, 3, 6, 7";
    private static final String PARKED = "4";

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
        return park.change(em, first(em, node, channel, key, TO_BE_PARKED, limit));
    }

    int release(EntityManager em, Node node, String channel, String key, int limit) {
        return release.change(em, first(em, node, channel, key, PARKED, limit));
    }

    private List<UUID> first(EntityManager em, Node node, String channel, String key, String states, int limit) {
        String sql = FIRST.formatted(table, states, dialect.limit(limit));
        return NativeQuery.column(NativeQuery.read(em, sql)
                        .setParameter(1, node.application())
                        .setParameter(2, channel)
                        .setParameter(3, key))
                .stream()
                .map(Values::uuid)
                .toList();
    }
}
