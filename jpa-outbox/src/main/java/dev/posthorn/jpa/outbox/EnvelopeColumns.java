package dev.posthorn.jpa.outbox;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.statement.HeadersText;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.spi.EventEnvelope;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The columns of an event, as the queries have them that read whole events: after two of their own. */
public final class EnvelopeColumns {

    public static final String LIST =
            "id, type, source, event_time, channel, topic, event_key, ordered, when_dead, content_type, headers, payload";

    private static final UUID NO_ID = new UUID(0, 0);

    private EnvelopeColumns() {}

    /** With something in place of what can't be read: whether that is so, the row knows. */
    public static EventEnvelope read(RowReader row) {
        return new EventEnvelope(
                row.read(2, "id", Values::uuid, NO_ID),
                row.text(3, "type"),
                row.text(4, "source"),
                row.read(5, "event_time", Values::time, Instant.EPOCH),
                row.text(6, "channel"),
                row.text(7, "topic"),
                row.textOrNull(8),
                row.read(9, "ordered", Values::flag, false),
                row.read(10, "when_dead", WhenDeadColumn::read, WhenDead.BLOCK),
                row.text(11, "content_type"),
                row.read(12, "headers", HeadersText::readColumn, Map.of()),
                row.read(13, "payload", Values::bytes, new byte[0]));
    }
}
