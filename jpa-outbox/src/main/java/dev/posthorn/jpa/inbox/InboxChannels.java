package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Finds the channels that have entries in a state by jumping through the index, however many entries there are. */
public final class InboxChannels {

    private static final String NEXT =
            """
            SELECT channel FROM %s WHERE consumer = ?1 AND %s AND channel > ?2 ORDER BY consumer, state, channel %s
            """;

    private final String next;

    public InboxChannels(Dialect dialect, Tables tables) {
        this.next = NEXT.formatted(tables.inbox(), "%s", dialect.limit(1));
    }

    /** The first channel after another one. */
    public Optional<String> after(EntityManager em, String ofState, String consumer, String channel) {
        return Sql.read(em, next.formatted(ofState)).set(1, InboxText.name(consumer)).set(2, channel).column().stream()
                .map(Values::text)
                .findFirst();
    }
}
