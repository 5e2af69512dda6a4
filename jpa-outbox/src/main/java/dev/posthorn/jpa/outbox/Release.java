package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings back waiting events that nothing comes before. */
final class Release {

    private static final String FRONTS = """
            SELECT k.event_key, %s, %s FROM (%s) k
            """;

    private static final String FIRST_WAITING =
            """
            (SELECT w.seq FROM %s
            WHERE w.lane = ?1 AND w.state = 3 AND w.shelf_order = k.key_hash AND w.event_key = k.event_key
            ORDER BY w.lane, w.state, w.shelf_order, w.seq %s)
            """;

    // The ORDER BY names all columns of the index: by a.seq alone, MySQL would go through the whole table.
    private static final String FIRST =
            """
            (SELECT %s FROM %s WHERE %s AND a.lane = ?1 AND a.key_hash = k.key_hash AND a.event_key = k.event_key
                AND a.state + 0 IN (0, 3, 4, 6, 7)
            ORDER BY a.lane, a.key_hash, a.seq %s)
            """;

    private static final String WAITING =
            """
            SELECT w.seq FROM %s WHERE w.lane = ?1 AND w.state = 3 AND w.shelf_order = ?2 AND w.event_key = %s
            ORDER BY w.lane, w.state, w.shelf_order, w.seq %s
            """;

    private static final String FIRST_HELD =
            """
            SELECT a.seq FROM %s
            WHERE %s AND a.lane = ?1 AND a.key_hash = ?2 AND a.event_key = %s AND a.state + 0 IN (4, 6, 7) AND a.seq > ?4 AND a.seq < ?5
            ORDER BY a.lane, a.key_hash, a.seq %s
            """;

    private static final String RELEASE =
            """
            UPDATE %s SET state = 0, owner = ?2, shelf_order = 0 WHERE lane = ?1 AND owner = 0 AND seq :among AND state + 0 = 3
            """;

    /** The most keys that one statement lists. */
    private static final int MAX_LIST = 64;

    /** The most keys that one statement takes as an array. */
    private static final int MAX_ARRAY = 1000;

    /** The most events of a key that are released at once, and about the most of a transaction. */
    private static final int BATCH = 1000;

    private static final int FIRST_KEY = 2;

    private final Dialect dialect;
    private final Optional<String> array;
    private final String firstWaiting;
    private final String first;
    private final String waiting;
    private final String firstHeld;
    private final Among<Long> release;

    Release(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        String table = tables.outbox();
        this.array = dialect.keyTable("event_key", "key_hash", FIRST_KEY);
        List<String> parts = dialect.partsOfKey("a");
        this.firstWaiting = FIRST_WAITING.formatted(dialect.by(OutboxIndex.STATE, table, "w"), dialect.limit(1));
        this.first = parts.stream()
                .map(part -> FIRST.formatted(
                        Ahead.column(dialect), dialect.by(OutboxIndex.TURN, table, "a"), part, dialect.limit(1)))
                .collect(Collectors.joining(", "));
        this.waiting =
                WAITING.formatted(dialect.by(OutboxIndex.STATE, table, "w"), dialect.text(3), dialect.limit(BATCH));
        this.firstHeld = FIRST_HELD.formatted(
                dialect.by(OutboxIndex.TURN, table, "a"),
                parts.get(parts.size() - 1),
                dialect.text(3),
                dialect.limit(1));
        this.release = Among.numbers(dialect, table, RELEASE.formatted(table), 2);
    }

    /**
     * Where a key stands.
     *
     * @param hasWaiting whether any event of it waits
     * @param canGoOn whether its first unfinished event does
     */
    record Front(String key, boolean hasWaiting, boolean canGoOn) {

        private static Front of(@Nullable Object[] row) {
            boolean hasWaiting = row[1] != null;
            boolean canGoOn = Arrays.stream(row)
                    .skip(2)
                    .filter(Objects::nonNull)
                    .map(Ahead::of)
                    .min(Comparator.comparingLong(Ahead::seq))
                    .filter(first -> first.state() == RowState.WAITING.code())
                    .isPresent();
            return new Front(Values.text(Objects.requireNonNull(row[0])), hasWaiting, canGoOn);
        }
    }

    /** How many keys {@link #fronts} takes at once. */
    int mostKeys() {
        return array.isPresent() ? MAX_ARRAY : MAX_LIST;
    }

    /** Where these keys stand, at most {@link #mostKeys}. */
    List<Front> fronts(EntityManager em, Node node, String channel, List<String> keys) {
        Sql query = (array.isPresent() ? ofArray(em, array.get(), keys) : ofList(em, keys))
                .set(1, Numbers.lane(node.application(), channel));
        Map<String, Front> fronts = new LinkedHashMap<>();
        query.rows().stream().map(Front::of).forEach(front -> fronts.put(front.key, front));
        return List.copyOf(fronts.values());
    }

    private Sql ofArray(EntityManager em, String table, List<String> keys) {
        return Sql.read(em, FRONTS.formatted(firstWaiting, first, table))
                .set(FIRST_KEY, dialect.texts(keys))
                .set(
                        FIRST_KEY + 1,
                        dialect.numbers(keys.stream().map(Numbers::key).toList()));
    }

    /** Filled up to a power of two by repeating the last key, so that there are few different statements. */
    private Sql ofList(EntityManager em, List<String> keys) {
        int rows = Integer.highestOneBit(2 * keys.size() - 1);
        Sql query = Sql.read(em, FRONTS.formatted(firstWaiting, first, list(rows)));
        for (int i = 0; i < rows; i++) {
            String key = keys.get(Math.min(i, keys.size() - 1));
            query.set(FIRST_KEY + 2 * i, key).set(FIRST_KEY + 2 * i + 1, Numbers.key(key));
        }
        return query;
    }

    private String list(int rows) {
        return IntStream.range(0, rows)
                .map(row -> FIRST_KEY + 2 * row)
                .mapToObj(position -> "SELECT " + dialect.text(position) + " AS event_key, "
                        + dialect.number(position + 1) + " AS key_hash" + dialect.fromNothing())
                .collect(Collectors.joining(" UNION ALL "));
    }

    /**
     * Releases the first waiting events of keys that can go on, one key after the other, until it is enough for one transaction.
     *
     * @return how many of the keys were done
     */
    int release(EntityManager em, Node node, String channel, List<Front> fronts) {
        long lane = Numbers.lane(node.application(), channel);
        List<Long> numbers = new ArrayList<>();
        int keys = 0;
        while (keys < fronts.size() && numbers.size() < BATCH) {
            numbers.addAll(next(em, lane, fronts.get(keys).key));
            keys++;
        }
        release.change(em, numbers, lane, -Numbers.owner(node));
        return keys;
    }

    /** The waiting events of a key, up to what holds up the others. */
    private List<Long> next(EntityManager em, long lane, String key) {
        long hash = Numbers.key(key);
        List<Long> numbers = Sql.read(em, waiting).setAll(lane, hash, key).numbers();
        if (numbers.size() < 2) {
            return numbers;
        }
        long end = Sql.read(em, firstHeld)
                .setAll(lane, hash, key, numbers.get(0), numbers.get(numbers.size() - 1))
                .numbers()
                .stream()
                .findFirst()
                .orElse(Long.MAX_VALUE);
        return numbers.stream().filter(number -> number < end).toList();
    }
}
