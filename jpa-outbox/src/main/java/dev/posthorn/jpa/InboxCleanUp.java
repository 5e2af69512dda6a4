package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Deletes entries of the inbox that came to their end long ago, channel by channel, as the index has them. */
final class InboxCleanUp {

    private static final String OUTDATED = "consumer = ?1 AND state = %d AND channel = ?2 AND state_time < %s - ?3";

    private static final String OLDEST_FIRST = "consumer, state, channel, state_time";

    /** The states that no entry leaves. */
    static final List<RowState> FINAL = List.of(RowState.DELIVERED, RowState.SKIPPED);

    private final Dialect dialect;
    private final String table;
    private final InboxChannels channels;

    InboxCleanUp(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.inbox();
        this.channels = new InboxChannels(dialect, tables);
    }

    /** The first channel after another one that has entries in the state. */
    Optional<String> channelAfter(EntityManager em, RowState state, String consumer, String channel) {
        return channels.after(em, state.code(), consumer, channel);
    }

    /** Deletes entries in one of the final states, and answers how many; fewer than {@code limit} if there are no more. */
    int clean(EntityManager em, RowState state, String consumer, String channel, Duration retention, int limit) {
        String condition = OUTDATED.formatted(state.code(), dialect.now());
        return NativeQuery.change(em, table, dialect.deleteFirst(table, condition, OLDEST_FIRST, limit))
                .setParameter(1, InboxText.name(consumer))
                .setParameter(2, channel)
                .setParameter(3, retention.toMillis())
                .executeUpdate();
    }
}
