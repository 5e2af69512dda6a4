package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.LargeStatement;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;

/** Inserts events: few statements of many rows, in the order given, which is the order in which the database numbers them. */
public final class Append {

    /** What drivers and servers hold in memory for one statement stays within bounds; a larger event goes alone. */
    static final int MAX_BYTES = 1 << 20;

    private static final String SEQ = "seq";

    private final Dialect dialect;
    private final String table;
    private final LargeStatement statement;
    private final AppendStatement insert;

    public Append(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.statement = new LargeStatement(dialect);
        this.insert = new AppendStatement(dialect, table);
    }

    /**
     * Answers with the numbers of the events; with none if only the table says them. If it fails, the transaction can't commit, and
     * what the application has pending in it is forgotten.
     */
    public List<Long> append(EntityManager em, Node owner, List<EventEnvelope> events) {
        try {
            return insertAll(em, owner, events);
        } catch (RuntimeException e) {
            forgetPending(em, e);
            throw e;
        }
    }

    /**
     * Providers know of no failure on a connection that they have handed over, and would flush. Where the database ends a transaction
     * with its first failure, the flush would fail too, and the caller would be told of that.
     */
    private static void forgetPending(EntityManager em, RuntimeException failure) {
        try {
            em.clear();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private List<Long> insertAll(EntityManager em, Node owner, List<EventEnvelope> events) {
        List<Long> numbers = new ArrayList<>(events.size());
        int from = 0;
        while (from < events.size()) {
            int to = endOfStatement(events, from);
            numbers.addAll(insert(em, owner, events.subList(from, to)));
            from = to;
        }
        return numbers.size() == events.size() ? numbers : List.of();
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

    private List<Long> insert(EntityManager em, Node owner, List<EventEnvelope> events) {
        Sql sql = Sql.change(em, table, insert.sql(events.size()));
        insert.bind(sql, owner, events);
        return statement.execute(() -> sql.insert(dialect.generated(SEQ), dialect.returning(SEQ)), bytes(events));
    }

    private static long bytes(List<EventEnvelope> events) {
        long bytes = 0;
        for (EventEnvelope event : events) {
            bytes += event.data().length;
        }
        return bytes;
    }
}
