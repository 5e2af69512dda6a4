package dev.posthorn.jpa;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores delivered events once more, as new ones. */
final class OperationsCopies {

    private static final String ORIGINALS =
            """
            SELECT settled_at, seq, id, type, source, event_time, channel, topic, event_key, ordered, when_dead, content_type, headers, \
            payload
            FROM %s WHERE id :in_ids AND application = ?1 AND state + 0 = 1
            """;

    private final ByIds originals;
    private final Append append;

    OperationsCopies(Dialect dialect, Tables tables) {
        this.originals = new ByIds(dialect, tables.outbox(), ORIGINALS.formatted(tables.outbox()), 1);
        this.append = new Append(dialect, tables);
    }

    int copy(EntityManager em, Node node, Map<UUID, UUID> copies) {
        List<EventEnvelope> events = originals
                .rows(em, copies.keySet(), node.application())
                .sorted(Comparator.<Object[]>comparingLong(row -> Values.number(row[0]))
                        .thenComparingLong(row -> Values.number(row[1])))
                .map(row -> copy(row, copies))
                .toList();
        append.append(em, node, events);
        return events.size();
    }

    private static EventEnvelope copy(Object[] row, Map<UUID, UUID> copies) {
        UUID original = Values.uuid(row[2]);
        Map<String, String> headers = new HashMap<>(HeadersText.read(Values.text(row[12])));
        headers.put(EventEnvelope.REPLAY_OF, original.toString());
        return new EventEnvelope(
                copies.getOrDefault(original, original),
                Values.text(row[3]),
                Values.text(row[4]),
                Instant.parse(Values.text(row[5])),
                Values.text(row[6]),
                Values.text(row[7]),
                Values.textOrNull(row[8]),
                Values.integer(row[9]) == 1,
                WhenDeadColumn.of(Values.integer(row[10])),
                Values.text(row[11]),
                headers,
                Values.bytes(row[13]));
    }
}
