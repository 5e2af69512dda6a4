package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Unsent;
import jakarta.persistence.EntityManager;
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

    // PostgreSQL keeps large payloads elsewhere and knows their size without them. The ORDER BY names all columns of
    // the index,
    // since H2 uses it for sorting only then.
    private static final String SIZES =
            """
            SELECT id, %s FROM %s
            WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel = ?3 AND seq > ?4
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
    private final ByIds events;

    UnsentQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.events = new ByIds(dialect, table, EVENTS.formatted(EnvelopeColumns.LIST, table), 1);
    }

    Unsent read(
            EntityManager em, Node owner, String channel, long after, Set<UUID> except, int maxEvents, long maxBytes) {
        // Few exceptions are behind what was read before.
        long limit = Math.max(MIN_LIMIT, after == 0 ? maxEvents + (long) except.size() : maxEvents);
        while (true) {
            int rounded = roundUp(limit);
            List<Object[]> sizes = sizes(em, owner, channel, after, rounded);
            boolean all = sizes.size() < rounded;
            Choice choice = Choice.of(sizes, except, maxEvents, maxBytes);
            if (all || !choice.ids.isEmpty()) {
                return new Unsent(events(em, owner, choice.ids), all && choice.complete);
            }
            // Everything in sight is an exception.
            limit = 2L * rounded;
        }
    }

    private List<Object[]> sizes(EntityManager em, Node owner, String channel, long after, int limit) {
        return NativeQuery.rows(
                NativeQuery.read(em, SIZES.formatted(dialect.bytes("payload"), table, dialect.limit(limit)))
                        .setParameter(1, owner.application())
                        .setParameter(2, owner.id())
                        .setParameter(3, channel)
                        .setParameter(4, after));
    }

    private List<StoredEvent> events(EntityManager em, Node owner, List<UUID> ids) {
        return events.rows(em, ids, owner.id())
                .map(UnsentQuery::event)
                .sorted(Comparator.comparingLong(StoredEvent::seq))
                .toList();
    }

    private static int roundUp(long limit) {
        return limit >= MAX_LIMIT ? MAX_LIMIT : Integer.highestOneBit((int) limit - 1) << 1;
    }

    private static StoredEvent event(Object[] row) {
        return new StoredEvent(Values.number(row[0]), Values.integer(row[1]), EnvelopeColumns.read(row));
    }

    /**
     * The events within the bounds.
     *
     * @param complete whether the bounds left none out
     */
    private record Choice(List<UUID> ids, boolean complete) {

        static Choice of(List<Object[]> sizes, Set<UUID> except, int maxEvents, long maxBytes) {
            List<UUID> ids = new ArrayList<>();
            long bytes = 0;
            for (Object[] row : sizes) {
                UUID id = Values.uuid(row[0]);
                if (!except.contains(id)) {
                    bytes += Values.number(row[1]);
                    if (ids.size() == maxEvents || (bytes > maxBytes && !ids.isEmpty())) {
                        return new Choice(ids, false);
                    }
                    ids.add(id);
                }
            }
            return new Choice(ids, true);
        }
    }
}
