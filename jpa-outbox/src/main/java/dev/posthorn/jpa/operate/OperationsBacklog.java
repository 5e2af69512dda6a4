package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.operate.OperationsOwners.Names;
import dev.posthorn.jpa.outbox.Floors;
import dev.posthorn.jpa.statement.Lanes;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.OperatorStore.Backlog;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the first unsent event of each owner and channel, one look at an index for each, however many there are. */
final class OperationsBacklog {

    private static final String FIRST =
            """
            SELECT * FROM (SELECT channel, owner, created_at, %s AS present FROM %s
            WHERE lane = ?1 AND owner = ?%d AND seq >= ?%d AND state + 0 = 0 ORDER BY lane, owner, seq %s) first%d
            """;

    private final Dialect dialect;
    private final String table;
    private final Floors floors;
    private final Lanes lanes;
    private final OperationsOwners owners;

    OperationsBacklog(Dialect dialect, Tables tables, Floors floors, Lanes lanes, OperationsOwners owners) {
        this.floors = floors;
        this.dialect = dialect;
        this.table = tables.outbox();
        this.lanes = lanes;
        this.owners = owners;
    }

    List<Backlog> find(EntityManager em, String application) {
        Names names = owners.names(em);
        Map<List<String>, Backlog> backlog = new HashMap<>();
        owners.all(em, lanes.of(em, application), names).forEach((lane, ofLane) -> first(em, lane, ofLane).stream()
                .map(row -> backlog(row, names))
                .forEach(found ->
                        backlog.merge(List.of(found.channel(), found.owner()), found, OperationsBacklog::older)));
        return backlog.values().stream()
                .sorted(Comparator.comparing(Backlog::channel).thenComparing(Backlog::owner))
                .toList();
    }

    private List<@Nullable Object[]> first(EntityManager em, long lane, List<Long> ofLane) {
        if (ofLane.isEmpty()) {
            return List.of();
        }
        List<String> looks = new ArrayList<>(ofLane.size());
        for (int i = 0; i < ofLane.size(); i++) {
            // What was put away before may have any number.
            int from = ofLane.get(i) > Numbers.NOBODY ? 2 : 3;
            looks.add(FIRST.formatted(dialect.now(), table, 4 + i, from, dialect.limit(1), i));
        }
        Sql query = Sql.read(em, looks.stream().collect(Collectors.joining(" UNION ALL ")))
                .setAll(lane, floors.of(lane), 0L);
        for (int i = 0; i < ofLane.size(); i++) {
            query.set(4 + i, ofLane.get(i));
        }
        return query.rows();
    }

    private static Backlog backlog(@Nullable Object[] row, Names names) {
        long owner = Values.number(row[1]);
        long age = Math.max(0, Values.number(row[3]) - Values.number(row[2]));
        return new Backlog(Values.text(row[0]), names.of(owner), names.lives(owner), Duration.ofMillis(age));
    }

    /** What an owner was given back is its own as well. */
    private static Backlog older(Backlog one, Backlog other) {
        return one.age().compareTo(other.age()) >= 0 ? one : other;
    }
}
