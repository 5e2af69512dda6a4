package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.outbox.Append;
import dev.posthorn.jpa.outbox.EnvelopeColumns;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores delivered events once more, as new ones. */
final class OperationsCopies {

    private static final String ORIGINALS =
            """
            SELECT settled_at, seq, %s FROM %s WHERE id :among AND application = ?1 AND state + 0 = 1
            """;

    private final Among<UUID> originals;
    private final Append append;

    OperationsCopies(Dialect dialect, Tables tables) {
        this.originals =
                Among.ids(dialect, tables.settled(), ORIGINALS.formatted(EnvelopeColumns.LIST, tables.settled()), 1);
        this.append = new Append(dialect, tables);
    }

    int copy(EntityManager em, Node node, Map<UUID, UUID> copies) {
        List<EventEnvelope> events = originals
                .rows(em, copies.keySet(), node.application())
                .sorted(Comparator.<@Nullable Object[]>comparingLong(row -> Values.number(row[0]))
                        .thenComparingLong(row -> Values.number(row[1])))
                .flatMap(row -> readable(row).stream())
                .map(event -> copy(event, copies))
                .toList();
        append.append(em, node, events);
        return events.size();
    }

    /** What can't be read can't be sent either, and does not stop others. */
    private static Optional<EventEnvelope> readable(@Nullable Object[] columns) {
        RowReader row = new RowReader(columns);
        EventEnvelope event = EnvelopeColumns.read(row);
        return row.problem().isPresent() ? Optional.empty() : Optional.of(event);
    }

    private static EventEnvelope copy(EventEnvelope original, Map<UUID, UUID> copies) {
        Map<String, String> headers = new HashMap<>(original.headers());
        headers.put(EventEnvelope.REPLAY_OF, original.id().toString());
        return new EventEnvelope(
                copies.getOrDefault(original.id(), original.id()),
                original.type(),
                original.source(),
                original.time(),
                original.channel(),
                original.topic(),
                original.key(),
                original.ordered(),
                original.whenDead(),
                original.contentType(),
                headers,
                original.data());
    }
}
