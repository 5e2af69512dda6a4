package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static dev.posthorn.jpa.StoreHarness.OTHER_NODE;
import static dev.posthorn.jpa.StoreHarness.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How MariaDB and MySQL find out whose turn it is: by looks at the ends of their index, each event by one statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LooksContract {

    private static final int MANY = 3000;

    private final TestDatabase database;

    private Fixture fixture;
    private StoreById store;

    LooksContract(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void fill() {
        fixture = new Fixture(Fixture.Provider.ECLIPSELINK, database);
        store = new StoreById(fixture.preparedStore());
        append(OTHER_NODE, ofKey("long", MANY));
        append(NODE, ofKey("waiting", MANY));
        int shelved = 0;
        while (shelved < MANY) {
            shelved += store.shelve(NODE, CHANNEL, "waiting", Shelf.WAITING, Set.of());
        }
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void theFirstOfTheirKeysTakeALookEach() throws SQLException {
        List<EventEnvelope> firsts = Stream.generate(
                        () -> Events.withKey(UUID.randomUUID().toString()))
                .limit(100)
                .toList();
        append(NODE, firsts);

        assertEquals(Set.of(Turn.NOW), Set.copyOf(turns(firsts)));
        assertRead(100 * 10);
    }

    @Test
    void howMuchIsBeforeAnEventOfItsKeyMakesNoDifference() throws SQLException {
        List<EventEnvelope> last = List.of(Events.withKey("long"), Events.withKey("waiting"));
        append(NODE, last);

        assertEquals(
                List.of(Turn.Kind.AFTER_FOREIGN, Turn.Kind.AFTER_WAITING),
                turns(last).stream().map(Turn::kind).toList());
        assertRead(40);
    }

    @Test
    void howMuchIsBehindAnEventOfItsKeyMakesNoDifference() throws SQLException {
        List<EventEnvelope> given = ofKey("behind", MANY);
        append(NODE, given);

        List<EventEnvelope> early = given.subList(0, 2);
        assertEquals(List.of(Turn.NOW, new Turn(store.number(given.get(0).id()), Turn.Kind.AFTER_OWN)), turns(early));
        assertRead(40);
    }

    /** Between two statements it may come to a state that was not in it when that was looked at. */
    @Test
    void whatChangesItsStateWhileTurnsAreAskedForIsNeverMissed() {
        List<EventEnvelope> before = Events.events(100);
        List<EventEnvelope> behind = Events.events(100);
        append(OTHER_NODE, before);
        append(NODE, behind);
        String ofBefore =
                ids(before).stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "id IN (", ")"));
        AtomicInteger statements = new AtomicInteger();
        fixture.recording.meanwhile = () -> Jdbc.execute(
                fixture.dataSource,
                "UPDATE posthorn_outbox SET state = " + (statements.getAndIncrement() % 2 == 0 ? 7 : 0) + " WHERE "
                        + ofBefore);

        List<Turn> turns;
        try {
            turns = turns(behind);
        } finally {
            fixture.recording.meanwhile = () -> {};
        }

        assertEquals(
                ids(before).stream().map(store::number).toList(),
                turns.stream().map(Turn::ahead).toList());
        assertTrue(statements.get() > 2, "in several statements");
    }

    private List<Turn> turns(List<EventEnvelope> events) {
        fixture.recording.takeSql();
        Map<UUID, Turn> turns = store.turns(NODE, ids(events), List.of());
        return events.stream().map(event -> turns.get(event.id())).toList();
    }

    /** How many entries of indexes and rows the database reads when it is asked the same again. */
    private void assertRead(int most) throws SQLException {
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            int before = read(statement);
            executions.forEach(execution -> execution.query(connection));
            int read = read(statement) - before;
            assertTrue(read <= most, () -> read + " read: " + executions);
        }
    }

    private static int read(Statement statement) throws SQLException {
        int read = 0;
        try (ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
            while (rows.next()) {
                read += rows.getInt(2);
            }
        }
        return read;
    }

    private static List<EventEnvelope> ofKey(String key, int count) {
        return Stream.generate(() -> Events.withKey(key)).limit(count).toList();
    }

    private void append(Node owner, List<EventEnvelope> events) {
        fixture.transactions.separately(em -> {
            store.append(owner, events);
            return true;
        });
    }
}
