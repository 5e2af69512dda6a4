package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.operate.OperationsStates.Part;
import dev.posthorn.jpa.statement.DatabaseClock;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts entries of the inbox. */
final class InboxOperationsCounts {

    private static final String COUNT =
            """
            SELECT channel, COUNT(*), MIN(received_at), %s FROM %s WHERE %s GROUP BY channel ORDER BY channel
            """;

    private final Dialect dialect;
    private final String table;
    private final InboxOperationsList list;

    InboxOperationsCounts(Dialect dialect, Tables tables, InboxOperationsList list) {
        this.dialect = dialect;
        this.table = tables.inbox();
        this.list = list;
    }

    /** In the order of states, then of channels. */
    List<ReceivedCount> count(EntityManager em, String consumer, ReceivedFilter filter) {
        return add(filter.ids().isEmpty() ? byState(em, consumer, filter) : byIds(em, consumer, filter));
    }

    private List<ReceivedCount> byState(EntityManager em, String consumer, ReceivedFilter filter) {
        return InboxOperationsList.states(filter).stream()
                .flatMap(part -> count(em, part, consumer, filter).stream())
                .toList();
    }

    private List<ReceivedCount> count(
            EntityManager em, Part<ReceivedState> part, String consumer, ReceivedFilter filter) {
        OperationsFilter condition = InboxOperationsList.condition(part, consumer, filter);
        String sql = COUNT.formatted(dialect.now(), table, condition.sql());
        return condition.bind(Sql.read(em, sql)).rows().stream()
                .map(row -> new ReceivedCount(
                        Values.text(row[0]),
                        part.state(),
                        Values.number(row[1]),
                        Duration.ofMillis(Values.number(row[3]) - Values.number(row[2]))))
                .toList();
    }

    private List<ReceivedCount> byIds(EntityManager em, String consumer, ReceivedFilter filter) {
        long now = DatabaseClock.millis(em, dialect);
        return list.list(em, consumer, filter, null, filter.ids().size()).events().stream()
                .map(event -> count(event, now))
                .toList();
    }

    private static ReceivedCount count(ReceivedSummary event, long now) {
        return new ReceivedCount(
                event.channel(),
                event.state(),
                1,
                Duration.ofMillis(now - event.received().toEpochMilli()));
    }

    /** Users see one state where rows have two. */
    private static List<ReceivedCount> add(Collection<ReceivedCount> counts) {
        Map<List<Object>, ReceivedCount> sums = new LinkedHashMap<>();
        for (ReceivedCount count : counts) {
            sums.merge(List.of(count.state(), count.channel()), count, InboxOperationsCounts::sum);
        }
        return List.copyOf(sums.values());
    }

    private static ReceivedCount sum(ReceivedCount one, ReceivedCount other) {
        Duration oldest = one.oldest().compareTo(other.oldest()) > 0 ? one.oldest() : other.oldest();
        return new ReceivedCount(one.channel(), one.state(), one.count() + other.count(), oldest);
    }
}
