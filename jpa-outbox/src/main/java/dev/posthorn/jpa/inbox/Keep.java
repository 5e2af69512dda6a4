package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ErrorText;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.LargeStatement;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.IncomingMessage;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stores messages that are to be handled later, or not at all. */
public final class Keep {

    private static final String INSERT =
            """
            INSERT INTO %s (consumer, source, event_id, channel, type, event_key, key_hash, when_dead, state, state_time, received_at, \
            attempts, last_error, %s)\
            """;

    private static final String VALUES =
            "?1, ?2, ?3, ?4, ?5, NULLIF(%1$s, ''), NULLIF(%2$s, 0), ?8, ?9, %3$s + ?10, %3$s, ?11, NULLIF(%4$s, ''), ?13, ?14, ?15, ?16";

    private static final int KEY = 6;
    private static final int KEY_HASH = 7;
    private static final int ERROR = 12;
    private static final int MESSAGE = 13;

    private final String table;
    private final LargeStatement statement;
    private final String insert;
    private final Behind behind;

    Keep(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        this.statement = new LargeStatement(dialect);
        String columns = INSERT.formatted(table, MessageColumns.LIST);
        String values =
                VALUES.formatted(dialect.text(KEY), dialect.number(KEY_HASH), dialect.now(), dialect.text(ERROR));
        this.insert = dialect.insertIfAbsent(columns, values, InboxRows.exists(table, "k"));
        this.behind = new Behind(dialect, tables);
    }

    /** Stores an event that is due, or that waits. */
    Kept keep(EntityManager em, InboxEvent event, IncomingMessage message, Duration delay, Failed failed) {
        String key = InboxRows.key(event);
        RowState due = failed.attempts == 0 ? RowState.UNSENT : RowState.DELAYED;
        if (key == null) {
            return insert(em, event, message, due, delay, failed) ? Kept.DUE : Kept.KNOWN;
        }
        // Should another one of the key become due meanwhile, the unique index keeps this one out, and it waits as
        // well.
        if (!behind.isBehind(em, event, key) && insert(em, event, message, due, delay, failed)) {
            return Kept.DUE;
        }
        return insert(em, event, message, RowState.WAITING, Duration.ZERO, failed) ? Kept.WAITING : Kept.KNOWN;
    }

    Kept keepDead(EntityManager em, InboxEvent event, IncomingMessage message, Failed failed) {
        return insert(em, event, message, dead(event), Duration.ZERO, failed) ? Kept.DEAD : Kept.KNOWN;
    }

    /** What has become of earlier attempts. */
    record Failed(int attempts, @Nullable String error) {}

    private boolean insert(
            EntityManager em,
            InboxEvent event,
            IncomingMessage message,
            RowState state,
            Duration delay,
            Failed failed) {
        InboxId id = InboxText.id(event.id());
        String key = InboxRows.key(event);
        Sql query = InboxRows.bind(Sql.change(em, table, insert), id)
                .set(4, InboxText.name(event.channel()))
                .set(5, InboxText.plain(event.type()))
                .set(KEY, key == null ? "" : key)
                .set(KEY_HASH, InboxRows.keyHash(key))
                .set(8, WhenDeadColumn.code(event.whenDead()))
                .set(9, state.code())
                .set(10, delay.toMillis())
                .set(11, failed.attempts)
                .set(ERROR, failed.error == null ? "" : ErrorText.storable(failed.error));
        MessageColumns.bind(query, MESSAGE, message);
        return statement.execute(query::execute, message.data().length) == 1;
    }

    private static RowState dead(InboxEvent event) {
        if (InboxRows.key(event) == null) {
            return RowState.DEAD;
        }
        return switch (event.whenDead()) {
            case BLOCK -> RowState.BLOCKING;
            case PARK -> RowState.PARKED;
            case SKIP -> RowState.DEAD;
        };
    }
}
