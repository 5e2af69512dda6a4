package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventState;
import dev.posthorn.spi.EventEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is settled may be partitioned, and be dropped by the day, as docs/databases.md shows it for PostgreSQL. */
class SettledByDayTest {

    private static final Path DOCS = Path.of("../docs/databases.md");
    private static final String FENCE = "```sql\n-- Settled events by the day";

    @Test
    void aPartitionIsADayThatCanBeDropped() throws IOException {
        try (Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL)) {
            JpaEventStore store = fixture.preparedStore();
            store.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 1, 1);
            Jdbc.execute(fixture.dataSource, documented());
            assertEquals(List.of(), fixture.store(Map.of()).prepare());

            List<EventEnvelope> events = Events.events(3);
            List<Long> numbers = fixture.transactions.separately(em -> store.append(NODE, events));
            assertEquals(3, store.markDelivered(NODE, CHANNEL, numbers));

            JpaOperatorStore operators = fixture.operators(Map.of());
            EventFilter delivered = EventFilter.all().states(EventState.DELIVERED);
            assertEquals(3, operators.list("shop", delivered, null, 10).events().size());
            UUID first = events.get(0).id();
            assertTrue(operators.find("shop", first).isPresent());
            assertEquals(1, operators.sendAgain(NODE, List.of(first)));
            assertEquals(2, operators.counts("shop", delivered).get(0).count());
            assertEquals(2, store.clean(NODE, Duration.ofHours(-1), 10));

            numbers = fixture.transactions.separately(em -> store.append(NODE, Events.events(2)));
            store.markDelivered(NODE, CHANNEL, numbers);
            Jdbc.execute(fixture.dataSource, "DROP TABLE posthorn_settled_rest");
            assertEquals(List.of(), operators.list("shop", delivered, null, 10).events());
        }
    }

    private static String documented() throws IOException {
        String docs = Files.readString(DOCS);
        int start = docs.indexOf(FENCE) + "```sql\n".length();
        return docs.substring(start, docs.indexOf("```", start));
    }
}
