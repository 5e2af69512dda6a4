package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.HeadersText;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.Query;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The statement that inserts rows. EclipseLink looks for the value of each parameter in a list of them, which takes a time that grows
 * with the square of their number: what all rows have in common is one parameter.
 */
final class AppendStatement {

    private static final String INSERT =
            """
            INSERT INTO %s (application, owner, state, created_at, channel, topic, ordered, when_dead, type, source, content_type, headers, \
            id, event_key, event_time, payload) VALUES \
            """;

    // A key is never bound as null, whose type JPA providers can't tell the database.
    private static final String ROW =
            "(?1, ?2, %d, %s, ?%d, ?%d, ?%d, ?%d, ?%d, ?%d, ?%d, ?%d, %s, NULLIF(?%d, ''), ?%d, ?%d)";

    private static final int OF_ALL = 2;
    private static final int OF_KIND = 8;
    private static final int OF_EVENT = 4;

    private final Dialect dialect;
    private final String table;
    private final boolean alike;
    private final AtomicReferenceArray<String> sqlByRows = new AtomicReferenceArray<>(Dialect.MOST_ROWS_OF_INSERT + 1);

    /** @param alike whether the events are of one kind, and differ in nothing but what is each event's own */
    AppendStatement(Dialect dialect, String table, boolean alike) {
        this.dialect = dialect;
        this.table = table;
        this.alike = alike;
    }

    static boolean areAlike(List<EventEnvelope> events) {
        EventEnvelope first = events.get(0);
        return events.stream().allMatch(each -> each == first || areAlike(first, each));
    }

    private static boolean areAlike(EventEnvelope one, EventEnvelope other) {
        return one.type().equals(other.type())
                && one.channel().equals(other.channel())
                && one.topic().equals(other.topic())
                && one.ordered() == other.ordered()
                && one.whenDead() == other.whenDead()
                && one.source().equals(other.source())
                && one.contentType().equals(other.contentType())
                && one.headers().equals(other.headers());
    }

    String sql(int rows) {
        String known = sqlByRows.get(rows);
        if (known != null) {
            return known;
        }
        String sql = compose(rows);
        sqlByRows.set(rows, sql);
        return sql;
    }

    private String compose(int rows) {
        StringBuilder sql = new StringBuilder(INSERT.formatted(table));
        for (int row = 0; row < rows; row++) {
            sql.append(row == 0 ? "" : ", ").append(row(beforeKind(row), beforeEvent(row)));
        }
        return sql.toString();
    }

    private String row(int kind, int event) {
        return ROW.formatted(
                RowState.UNSENT.code(),
                dialect.now(),
                kind + 1,
                kind + 2,
                kind + 3,
                kind + 4,
                kind + 5,
                kind + 6,
                kind + 7,
                kind + 8,
                dialect.uuid(event + 1),
                event + 2,
                event + 3,
                event + 4);
    }

    void bind(Query query, Node owner, List<EventEnvelope> events) {
        query.setParameter(1, owner.application()).setParameter(2, owner.id());
        for (int row = 0; row < events.size(); row++) {
            EventEnvelope event = events.get(row);
            if (row == 0 || !alike) {
                bindKind(query, beforeKind(row), event);
            }
            bindEvent(query, beforeEvent(row), event);
        }
    }

    private static void bindKind(Query query, int before, EventEnvelope event) {
        query.setParameter(before + 1, event.channel())
                .setParameter(before + 2, event.topic())
                .setParameter(before + 3, event.ordered() ? 1 : 0)
                .setParameter(before + 4, WhenDeadColumn.code(event.whenDead()))
                .setParameter(before + 5, event.type())
                .setParameter(before + 6, event.source())
                .setParameter(before + 7, event.contentType())
                .setParameter(before + 8, HeadersText.of(event.headers()));
    }

    private static void bindEvent(Query query, int before, EventEnvelope event) {
        String key = event.key();
        query.setParameter(before + 1, event.id().toString())
                .setParameter(before + 2, key == null ? "" : key)
                .setParameter(before + 3, event.time().toString())
                .setParameter(before + 4, event.data());
    }

    /** The parameters before those of the row's kind. */
    private int beforeKind(int row) {
        return OF_ALL + (alike ? 0 : row * (OF_KIND + OF_EVENT));
    }

    /** The parameters before the row's own. */
    private int beforeEvent(int row) {
        return alike ? OF_ALL + OF_KIND + row * OF_EVENT : beforeKind(row) + OF_KIND;
    }
}
