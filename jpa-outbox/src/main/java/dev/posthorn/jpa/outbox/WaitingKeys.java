package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the keys that have waiting events, in the order of their numbers. */
final class WaitingKeys {

    // Each page begins after the last key of the one before, however many events of it there are.
    private static final String PAGE =
            """
            SELECT w.event_key FROM %s WHERE w.lane = ?1 AND w.state = 3 AND w.shelf_order > ?2
            ORDER BY w.lane, w.state, w.shelf_order, w.seq %s
            """;

    private static final int PAGE_SIZE = 1000;

    private final String page;

    WaitingKeys(Dialect dialect, Tables tables) {
        this.page = PAGE.formatted(dialect.by(OutboxIndex.STATE, tables.outbox(), "w"), dialect.limit(PAGE_SIZE));
    }

    /** The first keys after one; an empty text is before all. */
    List<String> after(EntityManager em, Node node, String channel, String after, int limit) {
        long lane = Numbers.lane(node.application(), channel);
        Set<String> keys = new LinkedHashSet<>();
        String last = after;
        List<@Nullable Object> found;
        do {
            found = Sql.read(em, page)
                    .setAll(lane, last.isEmpty() ? 0L : Numbers.key(last))
                    .column();
            for (Object key : found) {
                last = Values.text(Objects.requireNonNull(key));
                keys.add(last);
            }
        } while (found.size() == PAGE_SIZE && keys.size() < limit);
        return keys.stream().limit(limit).toList();
    }
}
