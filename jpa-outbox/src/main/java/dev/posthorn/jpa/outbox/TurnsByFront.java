package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The same for databases whose subqueries look up what is equal to something in the query around them, but nothing that is less: first
 * what is at the front of the key of each event, by one statement for many. Most events are there themselves. For the others, the last
 * one before each is looked up by its number.
 */
final class TurnsByFront implements Turns {

    private static final String FRONTS =
            """
            SELECT mine.seq, mine.key_hash, mine.event_key, %s FROM %s mine
            WHERE mine.lane = ?1 AND mine.owner = ?2 AND mine.seq :among AND mine.state + 0 = 0
            """;

    private static final String FRONT =
            """
            CASE WHEN mine.key_hash > 0 THEN
                (SELECT a.seq FROM %s
                WHERE a.lane = mine.lane AND a.key_hash = mine.key_hash AND a.event_key = mine.event_key AND a.state + 0 IN (0, 3, 4, 6, 7)
                ORDER BY a.lane, a.key_hash, a.seq %s) END
            """;

    private static final String LAST_BEFORE =
            """
            (SELECT %d, %s FROM %s
            WHERE a.lane = ?1 AND a.key_hash = ?%d AND a.seq < ?%d AND a.event_key = %s AND a.state + 0 IN (0, 3, 4, 6, 7)
            ORDER BY a.lane, a.key_hash, a.seq DESC %s)
            """;

    /** The most events that are looked up by one statement. */
    private static final int MAX_LOOKS = 64;

    private static final int LOOK_PARAMETERS = 3;

    /** What was delivered and is not marked may be many in a row. */
    private static final int FIRST_STEP = 1;

    private static final int STEP_FACTOR = 256;

    private final Dialect dialect;
    private final String table;
    private final Owned fronts;

    TurnsByFront(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        String front = FRONT.formatted(dialect.by(OutboxIndex.TURN, table, "a"), dialect.limit(1));
        this.fronts = new Owned(dialect, table, FRONTS.formatted(front, table), 0);
    }

    @Override
    public Map<Long, Turn> turns(
            EntityManager em,
            Node owner,
            String channel,
            Collection<Long> numbers,
            Collection<Long> delivered,
            long floor) {
        Map<Long, Turn> turns = new HashMap<>();
        List<Look> behind = new ArrayList<>();
        fronts.rows(em, owner, channel, numbers).forEach(row -> {
            long seq = Values.number(row[0]);
            if (row[3] == null || Values.number(row[3]) >= seq) {
                turns.put(seq, Turn.NOW);
            } else {
                behind.add(new Look(seq, Values.number(row[1]), Values.text(row[2])));
            }
        });
        Asked asked = new Asked(owner, Numbers.lane(owner.application(), channel), Set.copyOf(delivered));
        List<Look> looks = behind;
        int rows = FIRST_STEP;
        while (!looks.isEmpty()) {
            looks = look(em, asked, looks, rows, turns);
            rows *= STEP_FACTOR;
        }
        return turns;
    }

    /**
     * Looks at the last rows before each event.
     *
     * @return the looks that saw so much of what is passed over that they have to look farther
     */
    private List<Look> look(EntityManager em, Asked asked, List<Look> looks, int rows, Map<Long, Turn> turns) {
        List<Look> farther = new ArrayList<>();
        for (int from = 0; from < looks.size(); from += MAX_LOOKS) {
            List<Look> some = looks.subList(from, Math.min(looks.size(), from + MAX_LOOKS));
            Map<Integer, List<Ahead>> found = found(em, asked.lane, some, rows);
            for (int i = 0; i < some.size(); i++) {
                Look look = some.get(i);
                asked.turn(found.getOrDefault(i, List.of()), rows)
                        .ifPresentOrElse(turn -> turns.put(look.seq, turn), () -> farther.add(look));
            }
        }
        return farther;
    }

    /** What each look found. */
    private Map<Integer, List<Ahead>> found(EntityManager em, long lane, List<Look> looks, int rows) {
        Sql query = Sql.read(em, sql(looks.size(), rows)).set(1, lane);
        for (int i = 0; i < looks.size(); i++) {
            Look look = looks.get(i);
            query.set(position(i), look.keyHash).set(position(i) + 1, look.seq).set(position(i) + 2, look.key);
        }
        return query.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> Values.integer(row[0]),
                        Collectors.mapping(row -> Ahead.of(row[1]), Collectors.toList())));
    }

    private String sql(int looks, int rows) {
        return IntStream.range(0, looks)
                .mapToObj(look -> lastBefore(look, rows))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private String lastBefore(int look, int rows) {
        int position = position(look);
        return LAST_BEFORE.formatted(
                look,
                Ahead.column(dialect),
                dialect.by(OutboxIndex.TURN, table, "a"),
                position,
                position + 1,
                dialect.text(position + 2),
                dialect.limit(rows));
    }

    /** Of the first parameter of a look. */
    private static int position(int look) {
        return 2 + look * LOOK_PARAMETERS;
    }

    /** Who asks, and what is passed over. */
    private record Asked(Node owner, long lane, Set<Long> delivered) {

        /** Empty if nothing but what is passed over was seen, and there may be more. */
        Optional<Turn> turn(List<Ahead> before, int rows) {
            List<Ahead> counting = before.stream()
                    .filter(ahead -> !delivered.contains(ahead.seq()))
                    .toList();
            return counting.isEmpty() && before.size() == rows
                    ? Optional.empty()
                    : Optional.of(Ahead.turn(owner, counting.stream()));
        }
    }

    /** An event that is not the first one of its key. */
    private record Look(long seq, long keyHash, String key) {}
}
