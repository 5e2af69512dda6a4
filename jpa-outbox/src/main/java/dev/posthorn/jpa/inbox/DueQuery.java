package dev.posthorn.jpa.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Wanted;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    List<Due> due(EntityManager em, String consumer, Collection<Wanted> channels) {
        Map<String, Search> searches = new LinkedHashMap<>();
        for (Wanted wanted : channels) {
            if (wanted.limit() > 0) {
                searches.put(InboxText.name(wanted.channel()), new Search(wanted));
            }
        }
        if (searches.isEmpty()) {
            return List.of();
        }
        return query(em, consumer, searches).rows().stream()
                .sorted(Comparator.comparingLong(row -> Values.number(row[0])))
                .map(DueQuery::read)
                .filter(due -> requireNonNull(searches.get(due.channel())).takes(due))
                .toList();
    }

    private Sql query(EntityManager em, String consumer, Map<String, Search> searches) {
        int most = searches.values().stream().mapToInt(Search::rows).max().orElse(0);
        int rounded = Integer.highestOneBit(Math.max(MIN_LIMIT, most) - 1) << 1;
        List<String> channels = List.copyOf(searches.keySet());
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            parts.add(ofChannel(RowState.UNSENT, i + 2, rounded));
            parts.add(ofChannel(RowState.DELAYED, i + 2, rounded));
        }
        Sql query = Sql.read(em, String.join(" UNION ALL ", parts)).set(1, InboxText.name(consumer));
        for (int i = 0; i < channels.size(); i++) {
            query.set(i + 2, channels.get(i));
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

    /** The rows of one channel: the first ones that are not left out. */
    private static final class Search {

        private final Set<InboxId> leftOut;
        private int left;

        Search(Wanted wanted) {
            leftOut = wanted.except().stream().map(InboxText::id).collect(Collectors.toSet());
            left = wanted.limit();
        }

        int rows() {
            return left + leftOut.size();
        }

        boolean takes(Due due) {
            return !leftOut.contains(due.id()) && left-- > 0;
        }
    }
}
