package dev.posthorn.jpa.inbox;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.IncomingMessage;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an entry that is still to be handled. */
public final class EntryQuery {

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
        return InboxRows.bind(Sql.read(em, select), InboxText.id(id)).set(4, version).rows().stream()
                .map(RowReader::new)
                .map(EntryQuery::entry)
                .findFirst();
    }

    /** With something in place of what can't be read, and with what that is. */
    private static InboxEntry entry(RowReader row) {
        String channel = row.text(3, "channel");
        InboxEvent event = new InboxEvent(
                new InboxId(row.text(0, "consumer"), row.text(1, "source"), row.text(2, "event_id")),
                channel,
                row.text(4, "type"),
                row.textOrNull(5),
                row.read(6, "when_dead", WhenDeadColumn::read, WhenDead.BLOCK));
        IncomingMessage message = MessageColumns.read(channel, row, MESSAGE);
        int version = row.read(7, "version", Values::integer, 0);
        int attempts = row.read(8, "attempts", Values::integer, 0);
        boolean compensating = row.read(10, "compensating", Values::any, false);
        return new InboxEntry(
                event,
                message,
                version,
                attempts,
                finished(row.textOrNull(9)),
                compensating,
                row.textOrNull(11),
                row.problem().orElse(null));
    }

    /** The names in the column of what is finished. */
    public static List<String> finished(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
