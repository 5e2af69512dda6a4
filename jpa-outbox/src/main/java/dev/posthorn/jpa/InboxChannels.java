package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Finds the channels that have entries in a state by jumping through the index, however many entries there are. */
final class InboxChannels {

    private static final String NEXT =
            """
            SELECT channel FROM %s WHERE consumer = ?1 AND %s AND channel > ?2 ORDER BY consumer, state, channel %s
            """;

    private final String next;

    InboxChannels(Dialect dialect, Tables tables) {
        this.next = NEXT.formatted(tables.inbox(), "%s", dialect.limit(1));
    }

    /** The first channel after another one. */
    Optional<String> after(EntityManager em, String ofState, String consumer, String channel) {
        return NativeQuery.column(NativeQuery.read(em, next.formatted(ofState))
                        .setParameter(1, InboxText.name(consumer))
                        .setParameter(2, channel))
                .stream()
                .map(Values::text)
                .findFirst();
    }
}
