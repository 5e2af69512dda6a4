package dev.posthorn.jpa;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Inserts events: few statements of many rows, in the order given, which is the order in which the database numbers them. */
final class Append {

    private static final String INSERT =
            """
            INSERT INTO %s (id, application, owner, state, channel, topic, event_key, ordered, when_dead, type, source, event_time, \
            content_type, headers, payload, created_at) VALUES \
            """;

    // A key is never bound as null, whose type JPA providers can't tell the database.
    private static final String ROW =
            "(%s, ?1, ?2, %d, ?%d, ?%d, NULLIF(?%d, ''), ?%d, ?%d, ?%d, ?%d, ?%d, ?%d, ?%d, ?%d, %s)";

    private static final int SHARED_PARAMETERS = 2;
    private static final int ROW_PARAMETERS = 12;

    /** One statement of 1000 rows takes EclipseLink several times as long as twenty of 50. */
    static final int MAX_ROWS = 50;

    /** What drivers and servers hold in memory for one statement stays within bounds; a larger event goes alone. */
    static final int MAX_BYTES = 1 << 20;

    private final Dialect dialect;
    private final String table;
    private final LargeStatement statement;
    private final AtomicReferenceArray<String> insertsByRows = new AtomicReferenceArray<>(MAX_ROWS + 1);

    Append(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.statement = new LargeStatement(dialect);
    }

    void append(EntityManager em, Node owner, List<EventEnvelope> events) {
        int from = 0;
        while (from < events.size()) {
            int to = endOfStatement(events, from);
            insert(em, owner, events.subList(from, to));
            from = to;
        }
    }

    private int endOfStatement(List<EventEnvelope> events, int from) {
        int last = Math.min(events.size(), from + dialect.rowsOfInsert());
        long bytes = events.get(from).data().length;
        int to = from + 1;
        while (to < last && bytes + events.get(to).data().length <= MAX_BYTES) {
            bytes += events.get(to).data().length;
            to++;
        }
        return to;
    }

    private void insert(EntityManager em, Node owner, List<EventEnvelope> events) {
        Query query = NativeQuery.change(em, table, insertOf(events.size()))
                .setParameter(1, owner.application())
                .setParameter(2, owner.id());
        int position = SHARED_PARAMETERS;
        for (EventEnvelope event : events) {
            bind(query, position, event);
            position += ROW_PARAMETERS;
        }
        statement.execute(
                query, events.stream().mapToLong(event -> event.data().length).sum());
    }

    private static void bind(Query query, int before, EventEnvelope event) {
        String key = event.key();
        query.setParameter(before + 1, event.id().toString())
                .setParameter(before + 2, event.channel())
                .setParameter(before + 3, event.topic())
                .setParameter(before + 4, key == null ? "" : key)
                .setParameter(before + 5, event.ordered() ? 1 : 0)
                .setParameter(before + 6, WhenDeadColumn.code(event.whenDead()))
                .setParameter(before + 7, event.type())
                .setParameter(before + 8, event.source())
                .setParameter(before + 9, event.time().toString())
                .setParameter(before + 10, event.contentType())
                .setParameter(before + 11, HeadersText.of(event.headers()))
                .setParameter(before + 12, event.data());
    }

    private String insertOf(int rows) {
        String known = insertsByRows.get(rows);
        if (known != null) {
            return known;
        }
        String insert = compose(rows);
        insertsByRows.set(rows, insert);
        return insert;
    }

    private String compose(int rows) {
        StringBuilder sql = new StringBuilder(INSERT.formatted(table));
        for (int row = 0; row < rows; row++) {
            sql.append(row == 0 ? "" : ", ").append(row(SHARED_PARAMETERS + row * ROW_PARAMETERS));
        }
        return sql.toString();
    }

    private String row(int before) {
        return ROW.formatted(
                dialect.uuid(before + 1),
                RowState.UNSENT.code(),
                before + 2,
                before + 3,
                before + 4,
                before + 5,
                before + 6,
                before + 7,
                before + 8,
                before + 9,
                before + 10,
                before + 11,
                before + 12,
                dialect.now());
    }
}
