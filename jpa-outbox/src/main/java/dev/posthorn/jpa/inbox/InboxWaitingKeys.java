package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the keys that have waiting entries, in the order of their numbers. */
final class InboxWaitingKeys {

    // Each page begins after the last key of the one before, however many rows of it there are.
    private static final String PAGE =
            """
            SELECT a.event_key FROM %s WHERE %s AND a.consumer = ?1 AND a.channel = ?2 AND %s > ?3 ORDER BY %s %s
            """;

    private static final int PAGE_SIZE = 1000;

    private final String page;

    InboxWaitingKeys(Dialect dialect, Tables tables) {
        this.page = PAGE.formatted(
                dialect.byKey(KeyPart.WAITING, tables.inbox(), "a"),
                dialect.ofPart(KeyPart.WAITING, "a"),
                dialect.openKey("a"),
                dialect.inOrderOfKeys("a"),
                dialect.limit(PAGE_SIZE));
    }

    /** The first keys after one; an empty text is before all. */
    List<String> after(EntityManager em, String consumer, String channel, String after, int limit) {
        Set<String> keys = new LinkedHashSet<>();
        String last = after;
        List<@Nullable Object> found;
        do {
            found = Sql.read(em, page)
                    .setAll(consumer, channel, last.isEmpty() ? 0L : Numbers.key(last))
                    .column();
            for (Object key : found) {
                last = Values.text(Objects.requireNonNull(key));
                keys.add(last);
            }
        } while (found.size() == PAGE_SIZE && keys.size() < limit);
        return keys.stream().limit(limit).toList();
    }
}
