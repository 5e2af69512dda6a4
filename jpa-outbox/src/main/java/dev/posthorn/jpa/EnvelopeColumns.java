package dev.posthorn.jpa;

import dev.posthorn.spi.EventEnvelope;
import java.time.Instant;

/** The columns of an event, as the queries have them that read whole events: after two of their own. */
final class EnvelopeColumns {

    static final String LIST =
            "id, type, source, event_time, channel, topic, event_key, ordered, when_dead, content_type, headers, payload";

    private EnvelopeColumns() {}

    static EventEnvelope read(Object[] row) {
        return new EventEnvelope(
                Values.uuid(row[2]),
                Values.text(row[3]),
                Values.text(row[4]),
                Instant.parse(Values.text(row[5])),
                Values.text(row[6]),
                Values.text(row[7]),
                Values.textOrNull(row[8]),
                Values.integer(row[9]) == 1,
                WhenDeadColumn.of(Values.integer(row[10])),
                Values.text(row[11]),
                HeadersText.read(Values.text(row[12])),
                Values.bytes(row[13]));
    }
}
