package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.inbox.InboxChannels;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.InboxOperatorStore.Overdue;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what has been due longest on each channel, without reading more than that. */
final class InboxOperationsOverdue {

    private static final String FIRST =
            """
            SELECT state_time, %s FROM %s WHERE consumer = ?1 AND state = %s AND channel = ?2
            ORDER BY consumer, state, channel, state_time %s
            """;

    private static final List<RowState> DUE = List.of(RowState.UNSENT, RowState.DELAYED);

    private final Dialect dialect;
    private final String table;
    private final InboxChannels channels;

    InboxOperationsOverdue(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.inbox();
        this.channels = new InboxChannels(dialect, tables);
    }

    List<Overdue> find(EntityManager em, String consumer) {
        Map<String, Duration> ages = new TreeMap<>();
        for (RowState state : DUE) {
            Optional<String> channel = channels.after(em, "state = " + state.code(), consumer, "");
            while (channel.isPresent()) {
                String name = channel.get();
                age(em, state, consumer, name)
                        .ifPresent(
                                age -> ages.merge(name, age, (one, other) -> one.compareTo(other) > 0 ? one : other));
                channel = channels.after(em, "state = " + state.code(), consumer, name);
            }
        }
        return ages.entrySet().stream()
                .map(each -> new Overdue(each.getKey(), each.getValue()))
                .toList();
    }

    /** Empty if the first one is not due yet, or has been handled meanwhile. */
    private Optional<Duration> age(EntityManager em, RowState state, String consumer, String channel) {
        String sql = FIRST.formatted(dialect.now(), table, state.code(), dialect.limit(1));
        return Sql.read(em, sql).set(1, InboxText.name(consumer)).set(2, channel).rows().stream()
                .map(row -> Duration.ofMillis(Values.number(row[1]) - Values.number(row[0])))
                .filter(age -> !age.isNegative())
                .findFirst();
    }
}
