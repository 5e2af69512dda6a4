package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import org.jspecify.annotations.Nullable;

/** How rows of the inbox are named in statements: by an id, in the first three parameters. */
public final class InboxRows {

    public static final String BY_ID = "consumer = ?1 AND source = ?2 AND event_id = ?3";

    private static final String EXISTS =
            "EXISTS (SELECT 1 FROM %1$s %2$s WHERE %2$s.consumer = ?1 AND %2$s.source = ?2 AND %2$s.event_id = ?3)";

    private static final String OF_NUMBER = "%1$s AND %2$s.consumer = ?1 AND %2$s.channel = ?2 AND %3$s = ?3";

    private InboxRows() {}

    /** The condition that a row with the id exists. */
    static String exists(String table, String row) {
        return EXISTS.formatted(table, row);
    }

    /**
     * The condition that a row belongs to this part of the keys with a number; consumer, channel and number are the first three
     * parameters. Whatever asks for what comes before asks so: should two keys have one number, the index lets only one of them be due.
     */
    static String ofNumber(Dialect dialect, KeyPart part, String row) {
        return OF_NUMBER.formatted(dialect.ofPart(part, row), row, dialect.openKey(row));
    }

    static Sql bindNumber(Sql query, String consumer, String channel, String key) {
        return query.setAll(InboxText.name(consumer), InboxText.name(channel), Numbers.key(InboxText.key(key)));
    }

    /** The condition that a row belongs to this part of a key, which is the fourth parameter. */
    public static String ofKey(Dialect dialect, KeyPart part, String row) {
        return ofNumber(dialect, part, row) + " AND " + row + ".event_key = ?4";
    }

    public static Sql bindKey(Sql query, String consumer, String channel, String key) {
        return bindNumber(query, consumer, channel, key).set(4, InboxText.key(key));
    }

    public static Sql bind(Sql query, InboxId id) {
        return query.set(1, id.consumer()).set(2, id.source()).set(3, id.id());
    }

    /** The key within which an event keeps its order, as it is stored; null if there is none. */
    static @Nullable String key(InboxEvent event) {
        String key = event.key();
        return key == null || key.isEmpty() ? null : InboxText.key(key);
    }

    /** The number of a key, as it is bound: zero stands for none. */
    static long keyHash(@Nullable String key) {
        return key == null ? 0 : Numbers.key(key);
    }
}
