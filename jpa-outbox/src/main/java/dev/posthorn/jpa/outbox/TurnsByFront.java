package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Phase;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same for databases whose subqueries look up what is equal to something in the query around them, but nothing that is less: first
 * what is at the front of the key of each event, by one statement for many. Most events are there themselves. For the others, the last
 * one before each is looked up by its number.
 *
 * <p>What is said of an event is always from one statement, all phases included: between two, another event may go from a phase that is
 * not yet looked at to one that was, and be missed in both.
 */
final class TurnsByFront implements Turns {

    private static final String FRONTS =
            """
            SELECT mine.id, mine.seq, mine.channel, mine.event_key, %s FROM %s mine
            WHERE mine.id :in_ids AND mine.state + 0 = 0 AND mine.owner = ?1
            """;

    private static final String FRONT =
            """
            (SELECT a.seq FROM %s a
            WHERE %s AND a.application = mine.application AND a.channel = mine.channel AND mine.ordered = 1
            ORDER BY %s, a.seq %s)
            """;

    private static final int OF_MINE = 4;

    // A hint for MySQL, a comment to others. It would go back from the number along the index of numbers, which are of
    // all keys.
    private static final String LAST_BEFORE =
            """
            (SELECT /*+ INDEX(a %s) */ %d, %s FROM %s a
            WHERE %s AND a.application = ?1 AND a.channel = ?%d AND a.seq < ?%d ORDER BY %s, a.seq DESC %s)
            """;

    /** The most events that are looked up by one statement, with a look for each phase. */
    private static final int MAX_LOOKS = 32;

    private static final int LOOK_PARAMETERS = 3;

    /** What was delivered and is not marked may be many in a row. */
    private static final int FIRST_STEP = 1;

    private static final int STEP_FACTOR = 256;

    private final Dialect dialect;
    private final String table;
    private final ByIds fronts;

    TurnsByFront(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        String ofPhases = Stream.of(Phase.values()).map(this::front).collect(Collectors.joining(", "));
        this.fronts = new ByIds(dialect, table, FRONTS.formatted(ofPhases, table), 1);
    }

    private String front(Phase phase) {
        return FRONT.formatted(
                table, dialect.ofKey(phase, "a", "mine.event_key"), dialect.orderByKey("a"), dialect.limit(1));
    }

    @Override
    public Map<UUID, Turn> turns(EntityManager em, Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        Map<UUID, Turn> turns = new HashMap<>();
        List<Look> behind = new ArrayList<>();
        fronts.rows(em, ids, owner.id()).forEach(row -> {
            UUID id = Values.uuid(row[0]);
            long seq = Values.number(row[1]);
            if (isFirst(seq, row)) {
                turns.put(id, Turn.NOW);
            } else {
                behind.add(new Look(id, seq, Values.text(row[2]), Values.text(row[3])));
            }
        });
        Set<UUID> passedOver = Set.copyOf(delivered);
        List<Look> looks = behind;
        int rows = FIRST_STEP;
        while (!looks.isEmpty()) {
            looks = look(em, owner, looks, rows, passedOver, turns);
            rows *= STEP_FACTOR;
        }
        return turns;
    }

    private static boolean isFirst(long seq, Object[] row) {
        return Arrays.stream(row, OF_MINE, row.length)
                .filter(Objects::nonNull)
                .allMatch(front -> Values.number(front) >= seq);
    }

    /**
     * Looks at the last rows before each event.
     *
     * @return the looks that saw so much of what is passed over that they have to look farther
     */
    private List<Look> look(
            EntityManager em, Node owner, List<Look> looks, int rows, Set<UUID> passedOver, Map<UUID, Turn> turns) {
        List<Look> farther = new ArrayList<>();
        for (int from = 0; from < looks.size(); from += MAX_LOOKS) {
            List<Look> some = looks.subList(from, Math.min(looks.size(), from + MAX_LOOKS));
            Map<Integer, List<Ahead>> found = found(em, owner, some, rows);
            for (int i = 0; i < some.size(); i++) {
                Look look = some.get(i);
                turn(owner, found, i, rows, passedOver)
                        .ifPresentOrElse(turn -> turns.put(look.id, turn), () -> farther.add(look));
            }
        }
        return farther;
    }

    /** Empty if nothing but what is passed over was seen, and there may be more. */
    private static Optional<Turn> turn(
            Node owner, Map<Integer, List<Ahead>> found, int look, int rows, Set<UUID> passedOver) {
        List<Ahead> last = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            List<Ahead> before = found.getOrDefault(number(look, phase), List.of());
            List<Ahead> counting = before.stream()
                    .filter(ahead -> !passedOver.contains(ahead.id()))
                    .toList();
            if (counting.isEmpty() && before.size() == rows) {
                return Optional.empty();
            }
            last.addAll(counting);
        }
        return Optional.of(Ahead.turn(owner, last.stream()));
    }

    /** What each look found in each phase. */
    private Map<Integer, List<Ahead>> found(EntityManager em, Node owner, List<Look> looks, int rows) {
        Query query = NativeQuery.read(em, sql(looks.size(), rows)).setParameter(1, owner.application());
        for (int i = 0; i < looks.size(); i++) {
            Look look = looks.get(i);
            query.setParameter(position(i), look.channel)
                    .setParameter(position(i) + 1, look.key)
                    .setParameter(position(i) + 2, look.seq);
        }
        return NativeQuery.rows(query).stream()
                .collect(Collectors.groupingBy(
                        row -> Values.integer(row[0]),
                        Collectors.mapping(row -> Ahead.of(row[1]), Collectors.toList())));
    }

    private String sql(int looks, int rows) {
        return IntStream.range(0, looks)
                .boxed()
                .flatMap(look -> Stream.of(Phase.values()).map(phase -> lastBefore(look, phase, rows)))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private String lastBefore(int look, Phase phase, int rows) {
        int position = position(look);
        return LAST_BEFORE.formatted(
                Tables.index(table, "_key"),
                number(look, phase),
                Ahead.column(dialect),
                table,
                dialect.ofKey(phase, "a", dialect.text(position + 1)),
                position,
                position + 2,
                dialect.orderByKey("a"),
                dialect.limit(rows));
    }

    private static int number(int look, Phase phase) {
        return look * Phase.values().length + phase.ordinal();
    }

    /** Of the first parameter of a look. */
    private static int position(int look) {
        return 2 + look * LOOK_PARAMETERS;
    }

    /** An event that is not the first one of its key. */
    private record Look(UUID id, long seq, String channel, String key) {}
}
