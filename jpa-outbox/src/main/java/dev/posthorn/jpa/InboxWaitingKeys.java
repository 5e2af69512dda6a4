package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the keys of the inbox that have waiting entries. */
final class InboxWaitingKeys {

    // Each page begins after the last key of the one before, however many entries of it there are.
    private static final String PAGE =
            """
            SELECT a.event_key FROM %s WHERE %s AND a.consumer = ?1 AND a.channel = ?2 AND %s ORDER BY %s %s
            """;

    private static final int PAGE_SIZE = 200;

    private final String page;

    InboxWaitingKeys(Dialect dialect, Tables tables) {
        this.page = PAGE.formatted(
                dialect.byKey(tables.inbox(), "a"),
                dialect.ofPart(KeyPart.WAITING, "a"),
                dialect.keyAfter("a", 3),
                dialect.orderByKey("a", "consumer"),
                dialect.limit(PAGE_SIZE));
    }

    /** The first keys after one, in the order of the database's choice. */
    List<String> after(EntityManager em, String consumer, String channel, String after, int limit) {
        Set<String> keys = new LinkedHashSet<>();
        String last = InboxText.key(after);
        List<?> found;
        do {
            found = NativeQuery.column(NativeQuery.read(em, page)
                    .setParameter(1, InboxText.name(consumer))
                    .setParameter(2, InboxText.name(channel))
                    .setParameter(3, last));
            for (Object key : found) {
                last = Values.text(key);
                keys.add(last);
            }
        } while (found.size() == PAGE_SIZE && keys.size() < limit);
        return keys.stream().limit(limit).toList();
    }
}
