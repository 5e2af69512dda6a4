package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The owners of unsent events that do not live. The index is looked at between the living, and jumped through from one owner to the next,
 * however much each has. What the living have is passed over: where a database keeps the index entries of what is gone for a while, theirs
 * are many.
 */
public final class Owners {

    private static final String FIRST_BETWEEN =
            """
            (SELECT o.owner FROM %s WHERE o.lane = ?1 AND o.owner > ?%d AND o.owner < ?%d ORDER BY o.lane, o.owner %s)
            """;

    private static final String FIRST_OF_OWNER =
            """
            (SELECT o.seq FROM %s WHERE o.lane = ?1 AND o.owner = ?%d AND o.seq >= ?2 ORDER BY o.lane, o.owner, o.seq %s)
            """;

    private static final String LIVING = "SELECT id FROM %s";

    private final Dialect dialect;
    private final String from;
    private final String living;

    public Owners(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.from = dialect.by(OutboxIndex.OWNER, tables.outbox(), "o");
        this.living = LIVING.formatted(tables.node());
    }

    /** For each lane, the owners that do not live, as rows have them: with a minus for what was put away before. */
    public Map<Long, List<Long>> dead(EntityManager em, Collection<Long> lanes) {
        Set<Long> known = living(em);
        Map<Long, List<Long>> owners = new LinkedHashMap<>();
        lanes.forEach(lane -> owners.put(lane, unknown(em, lane, known)));
        owners.values().removeIf(List::isEmpty);
        if (!owners.isEmpty()) {
            // One that has just come may own something already: it has entered itself before.
            Set<Long> now = living(em);
            owners.values().forEach(found -> found.removeIf(owner -> now.contains(Math.abs(owner))));
        }
        return owners;
    }

    /**
     * The first number from one on that is unsent in a lane and was never put away; the largest number of all if there is none. Empty if
     * somebody has unsent events who does not live, or was not there yet when the living were asked for.
     */
    public OptionalLong firstUnsent(EntityManager em, long lane, long from) {
        List<Long> known = List.copyOf(living(em));
        List<Gap> gaps = gaps(Set.copyOf(known)).stream()
                .filter(gap -> gap.until > Numbers.NOBODY)
                .toList();
        // All in one statement: events go from one owner to another.
        int position = 3;
        List<String> looks = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            looks.add(FIRST_OF_OWNER.formatted(this.from, position++, dialect.limit(1)));
        }
        for (int i = 0; i < gaps.size(); i++) {
            looks.add(FIRST_BETWEEN.formatted(this.from, position++, position++, dialect.limit(1)));
        }
        Sql query = Sql.read(em, "SELECT " + String.join(", ", looks) + ", 0" + dialect.fromNothing())
                .setAll(lane, from);
        position = 3;
        for (long owner : known) {
            query.set(position++, owner);
        }
        for (Gap gap : gaps) {
            query.set(position++, gap.from).set(position++, gap.until);
        }
        return firstUnsent(query.rows().get(0), known.size(), gaps.size());
    }

    private static OptionalLong firstUnsent(@Nullable Object[] row, int known, int gaps) {
        boolean onlyTheLiving = Arrays.stream(row, known, known + gaps).allMatch(Objects::isNull);
        return onlyTheLiving
                ? OptionalLong.of(Arrays.stream(row, 0, known)
                        .filter(Objects::nonNull)
                        .mapToLong(Values::number)
                        .min()
                        .orElse(Long.MAX_VALUE))
                : OptionalLong.empty();
    }

    /** The ids of the nodes that live, by their numbers. */
    public Map<Long, String> names(EntityManager em) {
        Map<Long, String> names = new HashMap<>();
        Sql.read(em, living).column().stream()
                .map(id -> Values.text(Objects.requireNonNull(id)))
                .forEach(id -> names.put(Numbers.owner(id), id));
        return names;
    }

    private Set<Long> living(EntityManager em) {
        return names(em).keySet();
    }

    private List<Long> unknown(EntityManager em, long lane, Set<Long> known) {
        List<Long> owners = new ArrayList<>();
        List<Gap> gaps = gaps(known);
        while (!gaps.isEmpty()) {
            List<Gap> rest = new ArrayList<>();
            @Nullable Object[] first = firstOfEach(em, lane, gaps);
            for (int i = 0; i < gaps.size(); i++) {
                Object owner = first[i];
                if (owner != null) {
                    owners.add(Values.number(owner));
                    rest.add(new Gap(Values.number(owner), gaps.get(i).until));
                }
            }
            gaps = rest;
        }
        return owners;
    }

    /** What lies between the living; nobody is passed over as well. */
    private static List<Gap> gaps(Set<Long> known) {
        SortedSet<Long> fences = new TreeSet<>(known);
        known.forEach(owner -> fences.add(-owner));
        fences.add(Numbers.NOBODY);
        List<Gap> gaps = new ArrayList<>();
        long from = Long.MIN_VALUE;
        for (long fence : fences) {
            gaps.add(new Gap(from, fence));
            from = fence;
        }
        gaps.add(new Gap(from, Long.MAX_VALUE));
        return gaps;
    }

    private @Nullable Object[] firstOfEach(EntityManager em, long lane, List<Gap> gaps) {
        // With a column that is never null, so that there is a row whatever the provider makes of others.
        String looks = IntStream.range(0, gaps.size())
                .mapToObj(i -> FIRST_BETWEEN.formatted(from, 2 + 2 * i, 3 + 2 * i, dialect.limit(1)))
                .collect(Collectors.joining(", ", "SELECT ", ", 0" + dialect.fromNothing()));
        Sql query = Sql.read(em, looks).set(1, lane);
        for (int i = 0; i < gaps.size(); i++) {
            query.set(2 + 2 * i, gaps.get(i).from).set(3 + 2 * i, gaps.get(i).until);
        }
        return query.rows().get(0);
    }

    /** Owners with numbers between two. */
    private record Gap(long from, long until) {}
}
