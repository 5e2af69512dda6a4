package dev.posthorn.jpa;

import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

/** Notes events as handled: one statement for one that is new, one more to tell why there was nothing to note. */
final class Admit {

    private static final String INSERT =
            """
            INSERT INTO %s (consumer, source, event_id, channel, type, event_key, when_dead, state, state_time, received_at)\
            """;

    private static final String VALUES = "?1, ?2, ?3, ?4, ?5, %s, ?6, 1, %2$s, %2$s";

    private static final String NOT_BEHIND =
            "NOT EXISTS (SELECT 1 FROM %s b WHERE %s AND b.consumer = ?1 AND b.channel = ?4 AND %s)";

    private static final String KNOWN = """
            SELECT 1 FROM %s WHERE %s %s
            """;

    private static final int KEY = 7;

    private final String table;
    private final String insert;
    private final String insertInOrder;
    private final String known;

    Admit(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        String there = InboxRows.exists(table, "k");
        String columns = INSERT.formatted(table);
        this.insert = dialect.insertIfAbsent(columns, VALUES.formatted("NULL", dialect.now()), "1 = 1", there);
        this.insertInOrder = dialect.insertIfAbsent(
                columns,
                VALUES.formatted(dialect.text(KEY), dialect.now()),
                NOT_BEHIND.formatted(
                        table, dialect.ofPart(KeyPart.UNFINISHED, "b"), dialect.sameKey("b", dialect.text(KEY))),
                there);
        this.known = KNOWN.formatted(table, InboxRows.BY_ID, dialect.current());
    }

    Admission admit(EntityManager em, InboxEvent event) {
        InboxId id = InboxText.id(event.id());
        if (insert(em, id, event).executeUpdate() == 1) {
            return Admission.NEW;
        }
        boolean isKnown = !NativeQuery.column(InboxRows.bind(NativeQuery.read(em, known), id))
                .isEmpty();
        return isKnown || InboxRows.key(event) == null ? Admission.KNOWN : Admission.BEHIND;
    }

    private Query insert(EntityManager em, InboxId id, InboxEvent event) {
        String key = InboxRows.key(event);
        Query query = key == null
                ? NativeQuery.change(em, table, insert)
                : NativeQuery.change(em, table, insertInOrder).setParameter(KEY, key);
        return InboxRows.bind(query, id)
                .setParameter(4, InboxText.name(event.channel()))
                .setParameter(5, InboxText.plain(event.type()))
                .setParameter(6, WhenDeadColumn.code(event.whenDead()));
    }
}
