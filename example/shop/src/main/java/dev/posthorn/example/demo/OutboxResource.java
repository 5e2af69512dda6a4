package dev.posthorn.example.demo;

import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.operator.OutboxOperator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A look at what Posthorn has stored, as operators see it. */
@Path("/outbox")
@ApplicationScoped
public class OutboxResource {

    private static final int PAGE = 500;

    /** One event in the outbox. */
    public record Row(
            long seq,
            UUID id,
            String type,
            String topic,
            String key,
            EventState state,
            int attempts,
            Instant createdAt,
            Instant settledAt) {

        static Row of(EventSummary event) {
            return new Row(
                    event.seq(),
                    event.id(),
                    event.type(),
                    event.topic(),
                    event.key(),
                    event.state(),
                    event.attempts(),
                    event.stored(),
                    event.settled());
        }
    }

    @Inject
    OutboxOperator operator;

    /** In the order of the store. The operator lists state by state, so an event may come twice: the later state holds. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Row> rows() {
        Map<Long, Row> rows = new TreeMap<>();
        Optional<EventPage> page = Optional.of(operator.list(EventFilter.all(), PAGE));
        while (page.isPresent()) {
            page.get().events().forEach(event -> rows.put(event.seq(), Row.of(event)));
            page = page.get().next().map(after -> operator.list(EventFilter.all(), after, PAGE));
        }
        return List.copyOf(rows.values());
    }
}
