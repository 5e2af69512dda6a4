package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.UnreadableEvent;
import dev.posthorn.spi.Unsent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads what is to be sent: first the sizes of what there is, which is the moment that the answer is of, then the events chosen.
 * Payloads of others are not read.
 */
final class UnsentQuery {

    /**
     * PostgreSQL keeps large payloads elsewhere and knows their size without them. The ORDER BY names all columns of the index, since H2 uses
     * it for sorting only then.
     */
    private static final String SIZES =
            """
            SELECT id, %s FROM %s
            WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel = ?3 AND seq > ?4%s
            ORDER BY state, application, owner, channel, seq
            %s
            """;

    private static final String EVENTS =
            """
            SELECT seq, attempts, %s FROM %s WHERE id :in_ids AND state + 0 = 0 AND owner = ?1
            """;

    /** A limit is part of the text of a statement: from powers of two there are few texts. */
    private static final int MIN_LIMIT = 64;

    private static final int MAX_LIMIT = 1 << 30;

    private final Dialect dialect;
    private final String table;
    private final OtherTopics otherTopics;
    private final ByIds events;

    UnsentQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.otherTopics = new OtherTopics(dialect, 5);
        this.events = new ByIds(dialect, table, EVENTS.formatted(EnvelopeColumns.LIST, table), 1);
    }

    /** What is asked for, as in {@link dev.posthorn.spi.EventStore#unsent}. */
    record Wanted(
            Node owner,
            String channel,
            long after,
            Set<UUID> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes) {

        /** Of how many rows it can be told what is chosen of them. Few exceptions are behind what was read before. */
        long rows() {
            return Math.max(MIN_LIMIT, after == 0 ? maxEvents + (long) except.size() : maxEvents);
        }

        boolean has(Object[] row) {
            return Values.isUuid(row[0])
                    && !except.contains(Values.uuid(row[0]))
                    && (row.length == 2 || !exceptTopics.contains(Values.text(row[2])));
        }
    }

    Unsent read(EntityManager em, Wanted wanted) {
        long limit = wanted.rows();
        while (true) {
            int rounded = roundUp(limit);
            List<Object[]> sizes = sizes(em, wanted, rounded);
            boolean all = sizes.size() < rounded;
            Choice choice = Choice.of(sizes, wanted);
            if (all || !choice.ids.isEmpty()) {
                return events(em, wanted.owner, choice.ids, all && choice.complete);
            }
            // Everything in sight is an exception.
            limit = 2L * rounded;
        }
    }

    private List<Object[]> sizes(EntityManager em, Wanted wanted, int limit) {
        Query query = NativeQuery.read(em, sizesOf(wanted.exceptTopics, limit))
                .setParameter(1, wanted.owner.application())
                .setParameter(2, wanted.owner.id())
                .setParameter(3, wanted.channel)
                .setParameter(4, wanted.after);
        return NativeQuery.rows(wanted.exceptTopics.isEmpty() ? query : otherTopics.bind(query, wanted.exceptTopics));
    }

    private String sizesOf(Set<String> exceptTopics, int limit) {
        boolean any = !exceptTopics.isEmpty();
        String columns = dialect.bytes("payload") + (any ? ", topic" : "");
        String condition = any ? " AND " + otherTopics.condition(exceptTopics) : "";
        return SIZES.formatted(columns, table, condition, dialect.limit(limit));
    }

    private Unsent events(EntityManager em, Node owner, List<UUID> ids, boolean complete) {
        List<StoredEvent> readable = new ArrayList<>(ids.size());
        List<UnreadableEvent> unreadable = new ArrayList<>(0);
        events.rows(em, ids, owner.id()).map(RowReader::new).forEach(row -> {
            EventEnvelope event = EnvelopeColumns.read(row);
            long seq = row.read(0, "seq", Values::number, 0L);
            int attempts = row.read(1, "attempts", Values::integer, 0);
            row.problem()
                    .ifPresentOrElse(
                            error -> unreadable.add(new UnreadableEvent(event.id(), event.info(), attempts, error)),
                            () -> readable.add(new StoredEvent(seq, attempts, event)));
        });
        readable.sort(Comparator.comparingLong(StoredEvent::seq));
        return new Unsent(readable, complete, unreadable);
    }

    private static int roundUp(long limit) {
        return limit >= MAX_LIMIT ? MAX_LIMIT : Integer.highestOneBit((int) limit - 1) << 1;
    }

    /**
     * The events within the bounds.
     *
     * @param complete whether the bounds left none out
     */
    private record Choice(List<UUID> ids, boolean complete) {

        static Choice of(List<Object[]> sizes, Wanted wanted) {
            List<UUID> ids = new ArrayList<>();
            long bytes = 0;
            for (Object[] row : sizes) {
                if (wanted.has(row)) {
                    bytes += Values.number(row[1]);
                    if (ids.size() == wanted.maxEvents || (bytes > wanted.maxBytes && !ids.isEmpty())) {
                        return new Choice(ids, false);
                    }
                    ids.add(Values.uuid(row[0]));
                }
            }
            return new Choice(ids, true);
        }
    }
}
