package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.OUTBOX;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.operate.OperationsStates.Part;
import dev.posthorn.jpa.statement.DatabaseClock;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts events. */
final class OperationsCounts {

    private static final String COUNT =
            """
            SELECT channel, COUNT(*), MIN(created_at), %s FROM %s WHERE %s GROUP BY channel ORDER BY channel
            """;

    private final Dialect dialect;
    private final Tables tables;
    private final OperationsLanes lanes;
    private final OperationsList list;

    OperationsCounts(Dialect dialect, Tables tables, OperationsLanes lanes, OperationsList list) {
        this.dialect = dialect;
        this.tables = tables;
        this.lanes = lanes;
        this.list = list;
    }

    /** In the order of states, then of channels. */
    List<EventCount> count(EntityManager em, String application, EventFilter filter) {
        return add(filter.ids().isEmpty() ? byState(em, application, filter) : byIds(em, application, filter));
    }

    private List<EventCount> byState(EntityManager em, String application, EventFilter filter) {
        List<Long> ofFilter = lanes.of(em, application, filter);
        return OUTBOX.of(filter.states()).stream()
                .flatMap(part -> part.isFinal()
                        ? settled(em, part, application, filter).stream()
                        : unfinished(em, part, ofFilter, filter).stream())
                .toList();
    }

    private List<EventCount> unfinished(
            EntityManager em, Part<EventState> part, List<Long> ofFilter, EventFilter filter) {
        if (ofFilter.isEmpty()) {
            return List.of();
        }
        OperationsFilter condition = new OperationsFilter(filter);
        String among = ofFilter.stream().map(condition::parameter).collect(Collectors.joining(", ", "lane IN (", ")"));
        return count(em, part, tables.outbox(), among + " AND " + part.condition(), condition);
    }

    private List<EventCount> settled(EntityManager em, Part<EventState> part, String application, EventFilter filter) {
        OperationsFilter condition = new OperationsFilter(filter);
        condition.andText("channel = ?", filter.channel());
        String whose = "application = " + condition.parameter(application);
        return count(em, part, tables.settled(), whose + " AND " + part.condition(), condition);
    }

    private List<EventCount> count(
            EntityManager em, Part<EventState> part, String table, String first, OperationsFilter condition) {
        String sql = COUNT.formatted(dialect.now(), table, first + " AND " + condition.sql());
        return condition.bind(Sql.read(em, sql)).rows().stream()
                .map(row -> new EventCount(
                        Values.text(row[0]),
                        part.state(),
                        Values.number(row[1]),
                        Duration.ofMillis(Values.number(row[3]) - Values.number(row[2]))))
                .toList();
    }

    private List<EventCount> byIds(EntityManager em, String application, EventFilter filter) {
        long now = DatabaseClock.millis(em, dialect);
        return list.list(em, application, filter, null, filter.ids().size()).events().stream()
                .map(event -> count(event, now))
                .toList();
    }

    private static EventCount count(EventSummary event, long now) {
        return new EventCount(
                event.channel(),
                event.state(),
                1,
                Duration.ofMillis(now - event.stored().toEpochMilli()));
    }

    /** Users see one state where rows have two. */
    private static List<EventCount> add(Collection<EventCount> counts) {
        Map<List<Object>, EventCount> sums = new LinkedHashMap<>();
        for (EventCount count : counts) {
            sums.merge(List.of(count.state(), count.channel()), count, OperationsCounts::sum);
        }
        return List.copyOf(sums.values());
    }

    private static EventCount sum(EventCount one, EventCount other) {
        Duration oldest = one.oldest().compareTo(other.oldest()) > 0 ? one.oldest() : other.oldest();
        return new EventCount(one.channel(), one.state(), one.count() + other.count(), oldest);
    }
}
