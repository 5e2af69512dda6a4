package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what comes before events in their keys, by one statement for many. */
final class TurnsQuery implements Turns {

    private static final String TURNS =
            """
            SELECT mine.seq, %s FROM %s mine WHERE mine.lane = ?1 AND mine.owner = ?2 AND mine.seq :among AND mine.state + 0 = 0
            """;

    // One look at the end of an index, however much waits before the event.
    private static final String LAST_BEFORE =
            """
            (SELECT %s FROM %s
            WHERE %s AND a.lane = mine.lane AND a.key_hash = mine.key_hash AND a.seq < mine.seq AND mine.key_hash > 0
                AND a.event_key = mine.event_key AND a.state + 0 IN (0, 3, 4, 6, 7) AND %s
            ORDER BY a.lane, a.key_hash, a.seq DESC %s)
            """;

    /** What was never put away is looked for above the floor alone, where it has an index of its own. */
    private static final String ABOVE_FLOOR = " AND a.seq >= ?4";

    private final Dialect dialect;
    private final boolean hasFloor;
    private final Owned turns;

    TurnsQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        String table = tables.outbox();
        List<String> parts = dialect.partsOfKey("a");
        this.hasFloor = parts.size() > 1;
        String lastBefore = Stream.concat(
                        Stream.of(hasFloor ? parts.get(0) + ABOVE_FLOOR : parts.get(0)),
                        parts.stream().skip(1))
                .map(part -> LAST_BEFORE.formatted(
                        Ahead.column(dialect),
                        dialect.by(OutboxIndex.TURN, table, "a"),
                        part,
                        dialect.notAmong("a.seq", 3),
                        dialect.limit(1)))
                .collect(Collectors.joining(", "));
        this.turns = new Owned(dialect, table, TURNS.formatted(lastBefore, table), hasFloor ? 2 : 1);
    }

    @Override
    public Map<Long, Turn> turns(
            EntityManager em,
            Node owner,
            String channel,
            Collection<Long> numbers,
            Collection<Long> delivered,
            long floor) {
        Map<Long, Turn> found = new HashMap<>();
        String passedOver = dialect.numbers(delivered);
        Object[] parameters = hasFloor ? new Object[] {passedOver, floor} : new Object[] {passedOver};
        turns.rows(em, owner, channel, numbers, parameters)
                .forEach(row -> found.put(Values.number(row[0]), Ahead.turn(owner, aheads(row))));
        return found;
    }

    private static Stream<Ahead> aheads(@Nullable Object[] row) {
        return Arrays.stream(row).skip(1).filter(Objects::nonNull).map(Ahead::of);
    }
}
