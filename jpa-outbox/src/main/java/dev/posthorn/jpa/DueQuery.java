package dev.posthorn.jpa;

import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Due;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the entries whose time has come: for each channel the first ones from the index, so that none hides the others. */
final class DueQuery {

    // The ORDER BY names all columns of the index, since H2 uses it for sorting only then.
    private static final String OF_CHANNEL =
            """
            (SELECT state_time, consumer, source, event_id, channel, event_key, version FROM %s
            WHERE consumer = ?1 AND state = %d AND channel = ?%d AND state_time <= %s
            ORDER BY consumer, state, channel, state_time %s)
            """;

    /** A limit is part of the text of a statement: from powers of two there are few texts. */
    private static final int MIN_LIMIT = 64;

    private final Dialect dialect;
    private final String table;

    DueQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.inbox();
    }

    List<Due> due(EntityManager em, String consumer, Set<String> channels, Collection<InboxId> except, int limit) {
        if (channels.isEmpty() || limit <= 0) {
            return List.of();
        }
        Set<InboxId> leftOut = except.stream().map(InboxText::id).collect(Collectors.toSet());
        return NativeQuery.rows(query(em, consumer, List.copyOf(channels), limit + leftOut.size())).stream()
                .sorted(Comparator.comparingLong(row -> Values.number(row[0])))
                .map(DueQuery::read)
                .filter(due -> !leftOut.contains(due.id()))
                .limit(limit)
                .toList();
    }

    private Query query(EntityManager em, String consumer, List<String> channels, int rows) {
        int rounded = Integer.highestOneBit(Math.max(MIN_LIMIT, rows) - 1) << 1;
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            parts.add(ofChannel(RowState.UNSENT, i + 2, rounded));
            parts.add(ofChannel(RowState.DELAYED, i + 2, rounded));
        }
        Query query = NativeQuery.read(em, String.join(" UNION ALL ", parts)).setParameter(1, InboxText.name(consumer));
        for (int i = 0; i < channels.size(); i++) {
            query.setParameter(i + 2, InboxText.name(channels.get(i)));
        }
        return query;
    }

    private String ofChannel(RowState state, int channel, int rows) {
        return OF_CHANNEL.formatted(table, state.code(), channel, dialect.now(), dialect.limit(rows));
    }

    private static Due read(Object[] row) {
        return new Due(
                new InboxId(Values.text(row[1]), Values.text(row[2]), Values.text(row[3])),
                Values.text(row[4]),
                Values.textOrNull(row[5]),
                Values.integer(row[6]));
    }
}
