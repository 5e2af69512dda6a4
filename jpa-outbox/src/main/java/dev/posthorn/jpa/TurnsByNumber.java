package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same for databases whose subqueries don't look numbers up that come from the query around them: first the numbers of the events,
 * then what is before those, many looks in one statement.
 */
final class TurnsByNumber implements Turns {

    private static final String MINE =
            """
            SELECT id, seq, ordered, channel, event_key FROM %s WHERE id :in_ids AND state + 0 = 0 AND owner = ?1
            """;

    private static final String LAST_BEFORE =
            """
            (SELECT %d, %s FROM %s a
            WHERE %s AND a.application = ?1 AND a.channel = ?%d AND a.seq < ?%d ORDER BY %s, a.seq DESC %s)
            """;

    /** Looks of one statement. */
    private static final int MAX_LOOKS = 64;

    private static final int LOOK_PARAMETERS = 3;

    /** What was delivered and is not marked may be many in a row: they are passed over in steps of this size. */
    private static final int STEP = 256;

    private final Dialect dialect;
    private final String table;
    private final ByIds mine;

    TurnsByNumber(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.mine = new ByIds(dialect, table, MINE.formatted(table), 1);
    }

    @Override
    public Map<UUID, Turn> turns(EntityManager em, Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        Map<UUID, List<Ahead>> aheads = new HashMap<>();
        List<Look> all = new ArrayList<>();
        mine.rows(em, ids, owner.id()).forEach(row -> {
            List<Ahead> ofOne = new ArrayList<>();
            aheads.put(Values.uuid(row[0]), ofOne);
            all.addAll(looks(ofOne, row));
        });
        Set<UUID> passedOver = Set.copyOf(delivered);
        List<Look> looks = look(em, owner, all, 1, passedOver);
        while (!looks.isEmpty()) {
            looks = look(em, owner, looks, STEP, passedOver);
        }
        return aheads.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Ahead.turn(owner, entry.getValue().stream())));
    }

    private static List<Look> looks(List<Ahead> found, Object[] row) {
        boolean ordered = Values.integer(row[2]) == 1 && row[4] != null;
        if (!ordered) {
            return List.of();
        }
        long seq = Values.number(row[1]);
        return Stream.of(Phase.values())
                .map(phase -> new Look(found, phase, Values.text(row[3]), Values.text(row[4]), seq))
                .toList();
    }

    /** Notes what is found, and answers the looks that found nothing but what is passed over, to go on from there. */
    private List<Look> look(EntityManager em, Node owner, List<Look> looks, int rows, Set<UUID> passedOver) {
        List<Look> goOn = new ArrayList<>();
        for (int from = 0; from < looks.size(); from += MAX_LOOKS) {
            List<Look> some = looks.subList(from, Math.min(looks.size(), from + MAX_LOOKS));
            List<List<Ahead>> found = found(em, owner, some, rows);
            for (int i = 0; i < some.size(); i++) {
                Look look = some.get(i);
                List<Ahead> before = found.get(i);
                before.stream()
                        .filter(ahead -> !passedOver.contains(ahead.id()))
                        .findFirst()
                        .ifPresentOrElse(look.found::add, () -> {
                            if (before.size() == rows) {
                                goOn.add(look.before(before.get(rows - 1).seq()));
                            }
                        });
            }
        }
        return goOn;
    }

    /** What each look found, the last one first. */
    private List<List<Ahead>> found(EntityManager em, Node owner, List<Look> looks, int rows) {
        Query query = NativeQuery.read(em, sql(looks, rows)).setParameter(1, owner.application());
        List<List<Ahead>> found = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            Look look = looks.get(i);
            query.setParameter(position(i), look.channel)
                    .setParameter(position(i) + 1, look.key)
                    .setParameter(position(i) + 2, look.seq);
            found.add(new ArrayList<>());
        }
        NativeQuery.rows(query).forEach(row -> found.get(Values.integer(row[0])).add(Ahead.of(row[1])));
        found.forEach(aheads -> aheads.sort(Comparator.comparingLong(Ahead::seq).reversed()));
        return found;
    }

    private String sql(List<Look> looks, int rows) {
        return IntStream.range(0, looks.size())
                .mapToObj(i -> lastBefore(i, looks.get(i).phase, rows))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private String lastBefore(int number, Phase phase, int rows) {
        int position = position(number);
        return LAST_BEFORE.formatted(
                number,
                Ahead.column(dialect),
                table,
                dialect.ofKey(phase, "a", dialect.text(position + 1)),
                position,
                position + 2,
                dialect.orderByKey("a"),
                dialect.limit(rows));
    }

    /** Of the first parameter of a look. */
    private static int position(int look) {
        return 2 + look * LOOK_PARAMETERS;
    }

    /** A look for what comes before a number, and where to note it. */
    private record Look(List<Ahead> found, Phase phase, String channel, String key, long seq) {

        Look before(long earlier) {
            return new Look(found, phase, channel, key, earlier);
        }
    }
}
