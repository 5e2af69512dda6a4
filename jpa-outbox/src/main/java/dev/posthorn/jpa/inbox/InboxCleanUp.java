package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Deletes entries of the inbox that came to their end long ago, channel by channel, as the index has them. */
public final class InboxCleanUp {

    private static final String OUTDATED = "consumer = ?1 AND state = %d AND channel = ?2 AND state_time < %s - ?3";

    private static final String OLDEST_FIRST = "consumer, state, channel, state_time";

    private static final String FIRST = """
            SELECT seq FROM %s WHERE %s ORDER BY %s %s
            """;

    private static final String DELETE =
            """
            DELETE FROM %s WHERE seq = ?1 AND state + 0 IN (1, 5)
            """;

    /** The states that no entry leaves. */
    public static final List<RowState> FINAL = List.of(RowState.DELIVERED, RowState.DISCARDED);

    private final Dialect dialect;
    private final String table;
    private final InboxChannels channels;

    InboxCleanUp(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.inbox();
        this.channels = new InboxChannels(dialect, tables);
    }

    /** The first channel after another one that has entries in the state. */
    Optional<String> channelAfter(EntityManager em, RowState state, String consumer, String channel) {
        return channels.after(em, "state = " + state.code(), consumer, channel);
    }

    /** Deletes entries in one of the final states, and answers how many; fewer than {@code limit} if there are no more. */
    int clean(EntityManager em, RowState state, String consumer, String channel, Duration retention, int limit) {
        String condition = OUTDATED.formatted(state.code(), dialect.now());
        return dialect.deleteFirst(table, condition, OLDEST_FIRST, limit)
                .map(sql -> bind(Sql.change(em, table, sql), consumer, channel, retention)
                        .execute())
                .orElseGet(() -> outdated(em, condition, consumer, channel, retention, limit).stream()
                        .mapToInt(seq -> delete(em, seq))
                        .sum());
    }

    private List<?> outdated(
            EntityManager em, String condition, String consumer, String channel, Duration retention, int limit) {
        String sql = FIRST.formatted(table, condition, OLDEST_FIRST, dialect.limit(limit));
        return bind(Sql.read(em, sql), consumer, channel, retention).column();
    }

    private int delete(EntityManager em, Object seq) {
        return Sql.change(em, table, DELETE.formatted(table))
                .set(1, Values.number(seq))
                .execute();
    }

    private static Sql bind(Sql query, String consumer, String channel, Duration retention) {
        return query.set(1, InboxText.name(consumer)).set(2, channel).set(3, retention.toMillis());
    }
}
