package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.UnreadableEvent;
import dev.posthorn.spi.Unsent;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is to be sent: first the sizes of what there is, which is the moment that the answer is of, then the events chosen.
 * Payloads of others are not read.
 */
final class UnsentQuery {

    /**
     * PostgreSQL keeps large payloads elsewhere and knows their size without them. The ORDER BY names all columns of the index, since H2 uses
     * it for sorting only then.
     */
    private static final String OF_OWNER =
            """
            SELECT o.seq, o.owner, %s FROM %s WHERE o.lane = ?1 AND o.owner = ?%d AND o.seq > ?%d AND o.state + 0 = 0%s
            ORDER BY o.lane, o.owner, o.seq %s
            """;

    private static final String SIZES =
            """
            SELECT * FROM (%s) fresh UNION ALL SELECT * FROM (%s) returned ORDER BY seq %s
            """;

    private static final String EVENTS =
            """
            SELECT seq, attempts, %s FROM %s WHERE lane = ?1 AND owner = ?2 AND seq :among AND state + 0 = 0
            """;

    /** The number, the owner and the size. */
    private static final int COLUMNS = 3;

    /** A limit is part of the text of a statement: from powers of two there are few texts. */
    private static final int MIN_LIMIT = 64;

    private static final int MAX_LIMIT = 1 << 30;

    private final Dialect dialect;
    private final String table;
    private final OtherTopics otherTopics;
    private final Owned events;

    UnsentQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.otherTopics = new OtherTopics(dialect, 6);
        this.events = new Owned(dialect, table, EVENTS.formatted(EnvelopeColumns.LIST, table), 0);
    }

    /** What is asked for, as in {@link dev.posthorn.spi.EventStore#unsent}. */
    record Wanted(
            Node owner,
            String channel,
            long after,
            Set<Long> except,
            Set<String> exceptTopics,
            int maxEvents,
            long maxBytes,
            long floor) {

        /** Of how many rows it can be told what is chosen of them. Few exceptions are behind what was read before. */
        long rows() {
            return Math.max(MIN_LIMIT, after == 0 ? maxEvents + (long) except.size() : maxEvents);
        }

        boolean has(@Nullable Object[] row) {
            return !except.contains(Values.number(row[0]))
                    && (row.length == COLUMNS || !exceptTopics.contains(Values.text(row[COLUMNS])));
        }
    }

    Unsent read(EntityManager em, Wanted wanted) {
        long limit = wanted.rows();
        while (true) {
            int rounded = roundUp(limit);
            List<@Nullable Object[]> sizes = sizes(em, wanted, rounded);
            boolean all = sizes.size() < rounded;
            Choice choice = Choice.of(sizes, wanted);
            if (all || !choice.numbers.isEmpty()) {
                return events(em, wanted, choice.numbers, all && choice.complete);
            }
            // Everything in sight is an exception.
            limit = 2L * rounded;
        }
    }

    private List<@Nullable Object[]> sizes(EntityManager em, Wanted wanted, int limit) {
        long owner = Numbers.owner(wanted.owner);
        Sql query = Sql.read(em, sizesOf(wanted.exceptTopics, limit))
                .setAll(
                        Numbers.lane(wanted.owner.application(), wanted.channel),
                        owner,
                        -owner,
                        Math.max(wanted.after, wanted.floor - 1),
                        wanted.after);
        return (wanted.exceptTopics.isEmpty() ? query : otherTopics.bind(query, wanted.exceptTopics)).rows();
    }

    private String sizesOf(Set<String> exceptTopics, int limit) {
        boolean any = !exceptTopics.isEmpty();
        String columns = dialect.bytes("payload") + " AS bytes" + (any ? ", topic" : "");
        String condition = any ? " AND " + otherTopics.condition(exceptTopics) : "";
        String from = dialect.by(OutboxIndex.OWNER, table, "o");
        String end = dialect.limit(limit);
        return SIZES.formatted(
                OF_OWNER.formatted(columns, from, 2, 4, condition, end),
                OF_OWNER.formatted(columns, from, 3, 5, condition, end),
                end);
    }

    private Unsent events(EntityManager em, Wanted wanted, List<Long> numbers, boolean complete) {
        List<StoredEvent> readable = new ArrayList<>(numbers.size());
        List<UnreadableEvent> unreadable = new ArrayList<>(0);
        events.rows(em, wanted.owner, wanted.channel, numbers).stream()
                .map(RowReader::new)
                .forEach(row -> {
                    EventEnvelope event = EnvelopeColumns.read(row);
                    long seq = row.read(0, "seq", Values::number, 0L);
                    int attempts = row.read(1, "attempts", Values::integer, 0);
                    if (!event.channel().equals(wanted.channel)) {
                        // It was changed by hand: the channel would be cancelled for another one's event.
                        row.refuse("channel is not the one of its lane");
                    }
                    row.problem()
                            .ifPresentOrElse(
                                    error -> unreadable.add(new UnreadableEvent(seq, event.info(), attempts, error)),
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
    private record Choice(List<Long> numbers, boolean complete) {

        static Choice of(List<@Nullable Object[]> sizes, Wanted wanted) {
            List<Long> numbers = new ArrayList<>();
            long bytes = 0;
            for (@Nullable Object[] row : sizes) {
                if (wanted.has(row)) {
                    bytes += Values.number(row[2]);
                    if (numbers.size() == wanted.maxEvents || (bytes > wanted.maxBytes && !numbers.isEmpty())) {
                        return new Choice(numbers, false);
                    }
                    numbers.add(Values.number(row[0]));
                }
            }
            return new Choice(numbers, true);
        }
    }
}
