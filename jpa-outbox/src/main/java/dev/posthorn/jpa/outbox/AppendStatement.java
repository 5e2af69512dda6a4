package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.HeadersText;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The statement that inserts rows. */
final class AppendStatement {

    private static final String INSERT =
            """
            INSERT INTO %s (lane, owner, key_hash, created_at, state, ordered, when_dead, id, application, channel, topic, event_key, type, \
            source, event_time, content_type, headers, payload) VALUES %s%s
            """;

    private static final int PARAMETERS = 17;

    private final Dialect dialect;
    private final String table;
    private final AtomicReferenceArray<@Nullable String> sqlByRows =
            new AtomicReferenceArray<>(Dialect.MOST_ROWS_OF_INSERT + 1);

    AppendStatement(Dialect dialect, String table) {
        this.dialect = dialect;
        this.table = table;
    }

    String sql(int rows) {
        String known = sqlByRows.get(rows);
        if (known != null) {
            return known;
        }
        String all =
                IntStream.range(0, rows).mapToObj(row -> row(row * PARAMETERS)).collect(Collectors.joining(", "));
        String sql = INSERT.formatted(table, all, dialect.returning("seq"));
        sqlByRows.set(rows, sql);
        return sql;
    }

    /** A key is never bound as null, whose type JPA providers can't tell the database. */
    private String row(int before) {
        return "("
                + String.join(
                        ", ",
                        "?" + (before + 1),
                        "?" + (before + 2),
                        "NULLIF(" + dialect.number(before + 3) + ", 0)",
                        dialect.now(),
                        "?" + (before + 4),
                        "?" + (before + 5),
                        "?" + (before + 6),
                        dialect.uuid(before + 7),
                        "?" + (before + 8),
                        "?" + (before + 9),
                        "?" + (before + 10),
                        "NULLIF(?" + (before + 11) + ", '')",
                        "?" + (before + 12),
                        "?" + (before + 13),
                        "?" + (before + 14),
                        "?" + (before + 15),
                        "?" + (before + 16),
                        "?" + (before + 17))
                + ")";
    }

    void bind(Sql sql, Node owner, List<EventEnvelope> events) {
        long node = Numbers.owner(owner);
        for (int row = 0; row < events.size(); row++) {
            bind(sql, row * PARAMETERS, owner.application(), node, events.get(row));
        }
    }

    private static void bind(Sql sql, int before, String application, long owner, EventEnvelope event) {
        String key = event.key();
        sql.set(before + 1, Numbers.lane(application, event.channel()))
                .set(before + 2, owner)
                .set(before + 3, keyHash(event))
                .set(before + 4, RowState.UNSENT.code())
                .set(before + 5, event.ordered() ? 1 : 0)
                .set(before + 6, WhenDeadColumn.code(event.whenDead()))
                .set(before + 7, event.id().toString())
                .set(before + 8, application)
                .set(before + 9, event.channel())
                .set(before + 10, event.topic())
                .set(before + 11, key == null ? "" : key)
                .set(before + 12, event.type())
                .set(before + 13, event.source())
                .set(before + 14, event.time().toString())
                .set(before + 15, event.contentType())
                .set(before + 16, HeadersText.of(event.headers()))
                .set(before + 17, event.data());
    }

    /** Zero stands for none. */
    private static long keyHash(EventEnvelope event) {
        String key = event.key();
        if (key == null) {
            return 0;
        }
        return event.ordered() ? Numbers.key(key) : -Numbers.key(key);
    }
}
