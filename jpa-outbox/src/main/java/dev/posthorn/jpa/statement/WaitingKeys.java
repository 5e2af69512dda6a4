package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Phase;
import dev.posthorn.jpa.dialect.Tables;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the keys that have waiting rows, in the outbox or in the inbox. */
public final class WaitingKeys {

    // Each page begins after the last key of the one before, however many rows of it there are.
    private static final String PAGE =
            """
            SELECT a.event_key FROM %s WHERE %s AND a.%s = ?1 AND a.channel = ?2 AND %s ORDER BY %s %s
            """;

    private static final int PAGE_SIZE = 1000;

    private final String page;

    private WaitingKeys(Dialect dialect, String table, String waiting, String whose) {
        this.page = PAGE.formatted(
                dialect.byKey(table, "a"),
                waiting,
                whose,
                dialect.keyAfter("a", 3),
                dialect.orderByKey("a", whose),
                dialect.limit(PAGE_SIZE));
    }

    /** Those of an application in the outbox. */
    public static WaitingKeys ofOutbox(Dialect dialect, Tables tables) {
        return new WaitingKeys(dialect, tables.outbox(), dialect.ofPhase(Phase.WAITING, "a"), "application");
    }

    /** Those of a consumer in the inbox, as {@link InboxText} has names and keys. */
    public static WaitingKeys ofInbox(Dialect dialect, Tables tables) {
        return new WaitingKeys(dialect, tables.inbox(), dialect.ofPart(KeyPart.WAITING, "a"), "consumer");
    }

    /** The first keys after one, in the order of the database's choice. */
    public List<String> after(EntityManager em, String whose, String channel, String after, int limit) {
        Set<String> keys = new LinkedHashSet<>();
        String last = after;
        List<?> found;
        do {
            found = NativeQuery.column(NativeQuery.read(em, page)
                    .setParameter(1, whose)
                    .setParameter(2, channel)
                    .setParameter(3, last));
            for (Object key : found) {
                last = Values.text(key);
                keys.add(last);
            }
        } while (found.size() == PAGE_SIZE && keys.size() < limit);
        return keys.stream().limit(limit).toList();
    }
}
