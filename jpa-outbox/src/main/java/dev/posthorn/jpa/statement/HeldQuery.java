package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.spi.Held;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Counts what is held up, up to a limit, and in one statement: health checks ask it again and again. */
public final class HeldQuery {

    private static final List<RowState> STATES =
            List.of(RowState.DEAD, RowState.BLOCKING, RowState.WAITING, RowState.PARKED);

    private static final String ONE =
            "SELECT %3$d AS state, COUNT(*) AS events FROM (SELECT seq FROM %1$s WHERE %2$s AND state = %3$d %4$s) state%3$d";

    private final Dialect dialect;
    private final String table;

    public HeldQuery(Dialect dialect, String table) {
        this.dialect = dialect;
        this.table = table;
    }

    /**
     * Counts.
     *
     * @param whose the condition of the rows that count
     * @param parameters its parameters
     */
    public Held find(EntityManager em, String whose, int most, Object... parameters) {
        String all = STATES.stream()
                .map(state -> ONE.formatted(table, whose, state.code(), dialect.limit(most)))
                .collect(Collectors.joining(" UNION ALL "));
        Map<RowState, Long> counts = Sql.read(em, all).setAll(parameters).rows().stream()
                .collect(Collectors.toMap(
                        row -> RowState.read(Objects.requireNonNull(row[0])),
                        row -> Values.number(Objects.requireNonNull(row[1]))));
        long dead = count(counts, RowState.DEAD) + count(counts, RowState.BLOCKING);
        return new Held(Math.min(most, dead), count(counts, RowState.WAITING), count(counts, RowState.PARKED));
    }

    private static long count(Map<RowState, Long> counts, RowState state) {
        return counts.getOrDefault(state, 0L);
    }
}
