package dev.posthorn.example.demo;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A look at Posthorn's table, with nothing but SQL. */
@Path("/outbox")
@ApplicationScoped
@Transactional
public class OutboxResource {

    private static final String ROWS =
            """
            select seq, id, type, topic, event_key, state, attempts, created_at, settled_at
            from posthorn_outbox
            order by seq
            """;

    private static final List<String> STATES = List.of("UNSENT", "DELIVERED", "DEAD", "WAITING", "PARKED", "DISCARDED");

    /** One event in the outbox. */
    public record Row(
            long seq,
            String id,
            String type,
            String topic,
            String key,
            String state,
            int attempts,
            Instant createdAt,
            Instant settledAt) {}

    @Inject
    @Outbox
    EntityManager entityManager;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Row> rows() {
        Stream<?> rows = entityManager.createNativeQuery(ROWS).getResultStream();
        return rows.map(Object[].class::cast).map(OutboxResource::row).toList();
    }

    private static Row row(Object[] column) {
        return new Row(
                ((Number) column[0]).longValue(),
                text(column[1]),
                text(column[2]),
                text(column[3]),
                text(column[4]),
                STATES.get(((Number) column[5]).intValue()),
                ((Number) column[6]).intValue(),
                instant(column[7]),
                instant(column[8]));
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Instant instant(Object milliseconds) {
        return milliseconds == null ? null : Instant.ofEpochMilli(((Number) milliseconds).longValue());
    }
}
