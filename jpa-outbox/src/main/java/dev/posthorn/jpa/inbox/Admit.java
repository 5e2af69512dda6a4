package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes events as handled: one statement for one that is new, where the database can ask and insert at once, and one more to tell why
 * there was nothing to note.
 */
final class Admit {

    private static final String INSERT =
            """
            INSERT INTO %s (consumer, source, event_id, channel, type, event_key, key_hash, when_dead, state, state_time, received_at)\
            """;

    private static final String VALUES = "?1, ?2, ?3, ?4, ?5, NULLIF(%1$s, ''), NULLIF(%2$s, 0), ?8, 1, %3$s, %3$s";

    private static final String KNOWN = """
            SELECT 1 FROM %s WHERE %s%s %s
            """;

    private static final int CHANNEL = 4;
    private static final int KEY = 6;
    private static final int KEY_HASH = 7;

    private final String table;
    private final String insert;
    private final Optional<String> insertUnlessBehind;
    private final Behind behind;
    private final String known;

    Admit(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        String there = InboxRows.exists(table, "k");
        String columns = INSERT.formatted(table);
        String values = VALUES.formatted(dialect.text(KEY), dialect.number(KEY_HASH), dialect.now());
        this.insert = dialect.insertIfAbsent(columns, values, there);
        this.insertUnlessBehind = dialect.insertIfAbsent(
                columns, values, there, "NOT " + dialect.isUnfinished(table, "?1", "?" + CHANNEL, "?" + KEY_HASH));
        this.behind = new Behind(dialect, tables);
        this.known = KNOWN.formatted(table, InboxRows.BY_ID, dialect.plannedAnew(1), dialect.current());
    }

    Admission admit(EntityManager em, InboxEvent event) {
        String key = InboxRows.key(event);
        InboxId id = InboxText.id(event.id());
        if (insert(em, id, event, key)) {
            return Admission.NEW;
        }
        boolean isKnown = !InboxRows.bind(Sql.read(em, known), id).column().isEmpty();
        return isKnown || key == null ? Admission.KNOWN : Admission.BEHIND;
    }

    private boolean insert(EntityManager em, InboxId id, InboxEvent event, @Nullable String key) {
        if (key == null) {
            return insert(em, insert, id, event, null);
        }
        return insertUnlessBehind
                .map(sql -> insert(em, sql, id, event, key))
                .orElseGet(() -> !behind.isBehind(em, event, key) && insert(em, insert, id, event, key));
    }

    private boolean insert(EntityManager em, String sql, InboxId id, InboxEvent event, @Nullable String key) {
        return InboxRows.bind(Sql.change(em, table, sql), id)
                        .set(CHANNEL, InboxText.name(event.channel()))
                        .set(5, InboxText.plain(event.type()))
                        .set(KEY, key == null ? "" : key)
                        .set(KEY_HASH, InboxRows.keyHash(key))
                        .set(8, WhenDeadColumn.code(event.whenDead()))
                        .execute()
                == 1;
    }
}
