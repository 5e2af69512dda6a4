package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import org.jspecify.annotations.Nullable;

/** How rows of the inbox are named in statements: by an id, in the first three parameters. */
public final class InboxRows {

    public static final String BY_ID = "consumer = ?1 AND source = ?2 AND event_id = ?3";

    private static final String EXISTS =
            "EXISTS (SELECT 1 FROM %1$s %2$s WHERE %2$s.consumer = ?1 AND %2$s.source = ?2 AND %2$s.event_id = ?3)";

    private InboxRows() {}

    /** The condition that a row with the id exists. */
    static String exists(String table, String row) {
        return EXISTS.formatted(table, row);
    }

    public static Sql bind(Sql query, InboxId id) {
        return query.set(1, id.consumer()).set(2, id.source()).set(3, id.id());
    }

    /** The key within which an event keeps its order, as it is stored; null if there is none. */
    static @Nullable String key(InboxEvent event) {
        String key = event.key();
        return key == null || key.isEmpty() ? null : InboxText.key(key);
    }
}
