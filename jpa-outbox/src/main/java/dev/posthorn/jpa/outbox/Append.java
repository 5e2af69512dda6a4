package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.LargeStatement;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;

/** Inserts events: few statements of many rows, in the order given, which is the order in which the database numbers them. */
public final class Append {

    /** What drivers and servers hold in memory for one statement stays within bounds; a larger event goes alone. */
    static final int MAX_BYTES = 1 << 20;

    private final Dialect dialect;
    private final String table;
    private final LargeStatement statement;
    private final AppendStatement alike;
    private final AppendStatement mixed;

    public Append(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.statement = new LargeStatement(dialect);
        this.alike = new AppendStatement(dialect, table, true);
        this.mixed = new AppendStatement(dialect, table, false);
    }

    public void append(EntityManager em, Node owner, List<EventEnvelope> events) {
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
        AppendStatement insert = AppendStatement.areAlike(events) ? alike : mixed;
        Query query = NativeQuery.change(em, table, insert.sql(events.size()));
        insert.bind(query, owner, events);
        statement.execute(query, bytes(events));
    }

    private static long bytes(List<EventEnvelope> events) {
        long bytes = 0;
        for (EventEnvelope event : events) {
            bytes += event.data().length;
        }
        return bytes;
    }
}
