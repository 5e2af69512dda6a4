package dev.posthorn.jpa;

import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an entry that is still to be handled. */
final class EntryQuery {

    private static final String SELECT =
            """
            SELECT consumer, source, event_id, channel, type, event_key, when_dead, version, attempts, finished, compensating, \
            last_error, %s
            FROM %s WHERE %s AND version = ?4 AND state + 0 IN (0, 7)
            """;

    private static final int MESSAGE = 12;

    private final String select;

    EntryQuery(Tables tables) {
        this.select = SELECT.formatted(MessageColumns.LIST, tables.inbox(), InboxRows.BY_ID);
    }

    Optional<InboxEntry> read(EntityManager em, InboxId id, int version) {
        return NativeQuery.rows(InboxRows.bind(NativeQuery.read(em, select), InboxText.id(id))
                        .setParameter(4, version))
                .stream()
                .map(EntryQuery::entry)
                .findFirst();
    }

    private static InboxEntry entry(Object[] row) {
        String channel = Values.text(row[3]);
        return new InboxEntry(
                new InboxEvent(
                        new InboxId(Values.text(row[0]), Values.text(row[1]), Values.text(row[2])),
                        channel,
                        Values.text(row[4]),
                        Values.textOrNull(row[5]),
                        WhenDeadColumn.of(Values.integer(row[6]))),
                MessageColumns.read(channel, row, MESSAGE),
                Values.integer(row[7]),
                Values.integer(row[8]),
                finished(Values.textOrNull(row[9])),
                Values.integer(row[10]) == 1,
                Values.textOrNull(row[11]));
    }

    /** The names in the column of what is finished. */
    static List<String> finished(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
