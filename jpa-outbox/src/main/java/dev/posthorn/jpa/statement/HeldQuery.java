package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.spi.Held;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what is held up, up to a limit, and in one statement: health checks ask it again and again. */
public final class HeldQuery {

    private static final List<RowState> STATES =
            List.of(RowState.DEAD, RowState.BLOCKING, RowState.WAITING, RowState.PARKED);

    private static final String ONE =
            "SELECT %3$d AS state, COUNT(*) AS events FROM (SELECT seq FROM %1$s WHERE %2$s = ?1 AND state = %3$d %4$s) state%3$d";

    private final Dialect dialect;
    private final String table;
    private final String whose;

    /** @param whose the column of the application or consumer */
    public HeldQuery(Dialect dialect, String table, String whose) {
        this.dialect = dialect;
        this.table = table;
        this.whose = whose;
    }

    public Held find(EntityManager em, String name, int most) {
        String all = STATES.stream()
                .map(state -> ONE.formatted(table, whose, state.code(), dialect.limit(most)))
                .collect(Collectors.joining(" UNION ALL "));
        Map<RowState, Long> counts = NativeQuery.rows(NativeQuery.read(em, all).setParameter(1, name)).stream()
                .collect(Collectors.toMap(row -> RowState.read(row[0]), row -> Values.number(row[1])));
        long dead = count(counts, RowState.DEAD) + count(counts, RowState.BLOCKING);
        return new Held(Math.min(most, dead), count(counts, RowState.WAITING), count(counts, RowState.PARKED));
    }

    private static long count(Map<RowState, Long> counts, RowState state) {
        return counts.getOrDefault(state, 0L);
    }
}
