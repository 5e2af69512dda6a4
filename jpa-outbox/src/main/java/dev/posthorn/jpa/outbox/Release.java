package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Phase;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings back waiting events that nothing comes before. */
final class Release {

    private static final String FRONTS =
            """
            SELECT k.event_key, (%s), (%s), (%s) FROM (%s) k
            """;

    // The ORDER BY names all columns of the index: by a.seq alone, MySQL would go through the whole table.
    private static final String FIRST =
            """
            SELECT a.seq FROM %s WHERE %s AND a.application = ?1 AND a.channel = ?2 ORDER BY %s, a.seq %s
            """;

    private static final String WAITING =
            """
            SELECT a.id FROM %s WHERE %s AND a.application = ?1 AND a.channel = ?2 AND a.seq < ?4 ORDER BY a.seq %s
            """;

    private static final String RELEASE =
            """
            UPDATE %s SET state = 0, owner = ?1 WHERE id :in_ids AND state + 0 = 3
            """;

    /** The most keys that one statement lists. */
    private static final int MAX_LIST = 64;

    /** The most keys that one statement takes as an array. */
    private static final int MAX_ARRAY = 1000;

    /** The most events of a key that are released at once, and about the most of a transaction. */
    private static final int BATCH = 1000;

    private static final int FIRST_KEY = 3;

    private final Dialect dialect;
    private final String table;
    private final Optional<String> array;
    private final String waiting;
    private final ByIds release;

    Release(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.array = dialect.textTable("event_key", FIRST_KEY);
        this.waiting = WAITING.formatted(
                dialect.byKey(table, "a"),
                dialect.ofKey(Phase.WAITING, "a", dialect.text(FIRST_KEY)),
                dialect.limit(BATCH));
        this.release = new ByIds(dialect, table, RELEASE.formatted(table), 1);
    }

    /**
     * Where a key stands: the numbers of its first events, as far as it has any.
     *
     * @param held the first that is parked, dead or delayed
     */
    record Front(String key, @Nullable Long unsent, @Nullable Long waiting, @Nullable Long held) {

        boolean hasWaiting() {
            return waiting != null;
        }

        /** Whether the first unfinished event is a waiting one. */
        boolean canGoOn() {
            return waiting != null && (unsent == null || waiting < unsent) && waiting < firstHeld();
        }

        long firstHeld() {
            return held == null ? Long.MAX_VALUE : held;
        }
    }

    /** How many keys {@link #fronts} takes at once. */
    int mostKeys() {
        return array.isPresent() ? MAX_ARRAY : MAX_LIST;
    }

    /** Where these keys stand, at most {@link #mostKeys}. */
    List<Front> fronts(EntityManager em, Node node, String channel, List<String> keys) {
        Query query = (array.isPresent() ? ofArray(em, array.get(), keys) : ofList(em, keys))
                .setParameter(1, node.application())
                .setParameter(2, channel);
        Map<String, Front> fronts = new LinkedHashMap<>();
        NativeQuery.rows(query).stream().map(Release::front).forEach(front -> fronts.put(front.key, front));
        return List.copyOf(fronts.values());
    }

    /**
     * Releases the first waiting events of keys that can go on, one key after the other, until it is enough for one transaction.
     *
     * @return how many of the keys were done
     */
    int release(EntityManager em, Node node, String channel, List<Front> fronts) {
        List<UUID> ids = new ArrayList<>();
        int keys = 0;
        while (keys < fronts.size() && ids.size() < BATCH) {
            ids.addAll(firstWaiting(em, node, channel, fronts.get(keys)));
            keys++;
        }
        release.change(em, ids, node.id());
        return keys;
    }

    private List<UUID> firstWaiting(EntityManager em, Node node, String channel, Front front) {
        return NativeQuery.ids(NativeQuery.read(em, waiting)
                .setParameter(1, node.application())
                .setParameter(2, channel)
                .setParameter(FIRST_KEY, front.key)
                .setParameter(FIRST_KEY + 1, front.firstHeld()));
    }

    private Query ofArray(EntityManager em, String table, List<String> keys) {
        return NativeQuery.read(em, fronts(table)).setParameter(FIRST_KEY, dialect.texts(keys));
    }

    /** Filled up to a power of two by repeating the last key, so that there are few different statements. */
    private Query ofList(EntityManager em, List<String> keys) {
        int rows = Integer.highestOneBit(2 * keys.size() - 1);
        Query query = NativeQuery.read(em, fronts(list(rows)));
        for (int i = 0; i < rows; i++) {
            query.setParameter(FIRST_KEY + i, keys.get(Math.min(i, keys.size() - 1)));
        }
        return query;
    }

    private String list(int rows) {
        return IntStream.range(FIRST_KEY, FIRST_KEY + rows)
                .mapToObj(position -> "SELECT " + dialect.text(position) + " AS event_key" + dialect.fromNothing())
                .collect(Collectors.joining(" UNION ALL "));
    }

    private String fronts(String keys) {
        return FRONTS.formatted(first(Phase.UNSENT), first(Phase.WAITING), first(Phase.HELD), keys);
    }

    private String first(Phase phase) {
        return FIRST.formatted(
                dialect.byKey(table, "a"),
                dialect.ofKey(phase, "a", "k.event_key"),
                dialect.orderByKey("a"),
                dialect.limit(1));
    }

    private static Front front(Object[] row) {
        return new Front(
                Values.text(row[0]),
                Values.numberOrNull(row[1]),
                Values.numberOrNull(row[2]),
                Values.numberOrNull(row[3]));
    }
}
