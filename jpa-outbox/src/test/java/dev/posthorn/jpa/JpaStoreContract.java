package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.event;
import static dev.posthorn.jpa.Events.events;
import static dev.posthorn.jpa.Events.ofSize;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.UnreadableEvent;
import dev.posthorn.spi.Unsent;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the stores promise beside the contract of the SPI, because they work through the application's EntityManager. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JpaStoreContract extends EventStoreContract {

    private final Fixture.Provider provider;
    private final TestDatabase database;

    Fixture fixture;
    private JpaEventStore store;
    private JpaNodeStore nodes;

    JpaStoreContract(Fixture.Provider provider, TestDatabase database) {
        this.provider = provider;
        this.database = database;
    }

    @BeforeAll
    void start() {
        fixture = fixture(provider, database);
        store = fixture.preparedStore();
        nodes = fixture.nodes(Map.of());
    }

    Fixture fixture(Fixture.Provider provider, TestDatabase database) {
        return new Fixture(provider, database);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @BeforeEach
    void empty() {
        Jdbc.execute(
                fixture.dataSource,
                "DELETE FROM posthorn_outbox",
                "DELETE FROM posthorn_settled",
                "DELETE FROM posthorn_node",
                "DELETE FROM purchase");
        fixture.factory.getCache().evictAll();
        fixture.recording.takeSql();
    }

    @Override
    protected EventStore store() {
        return store;
    }

    @Override
    protected NodeStore nodes() {
        return nodes;
    }

    @Override
    protected void inTransaction(Runnable work) {
        fixture.transactions.separately(em -> {
            work.run();
            return true;
        });
    }

    @Override
    protected int largestPayload() {
        return database.largestPayload();
    }

    /** Derby can't tell what is not committed from what is, and waits. */
    @Override
    @Test
    void whatIsNotCommittedIsNotSeen() {
        if (database != TestDatabase.DERBY) {
            super.whatIsNotCommittedIsNotSeen();
            return;
        }
        EventEnvelope given = event();
        List<CompletableFuture<Unsent>> reading = new ArrayList<>();
        inTransaction(() -> {
            stored().append(NODE, List.of(given));
            reading.add(CompletableFuture.supplyAsync(() -> unsent(NODE)));
            await().during(Duration.ofMillis(300)).until(() -> !reading.get(0).isDone());
        });

        assertEquals(List.of(given.id()), storedIds(reading.get(0).join()));
    }

    @Test
    void upToFiftyEventsAreOneStatement() {
        boolean oneByOne = database == TestDatabase.DERBY;
        assertEquals(1, statementsToAppend(events(1)));
        assertEquals(oneByOne ? 50 : 1, statementsToAppend(events(50)));
        assertEquals(oneByOne ? 51 : 2, statementsToAppend(events(51)));
    }

    @Test
    void largeEventsDoNotShareAStatement() {
        if (database == TestDatabase.DERBY) {
            return;
        }
        assertEquals(1, statementsToAppend(List.of(ofSize(400_000), ofSize(400_000))));
        assertEquals(3, statementsToAppend(List.of(ofSize(600_000), ofSize(600_000), ofSize(600_000))));
        assertEquals(3, statementsToAppend(List.of(event(), ofSize(2_000_000), event())));
    }

    @Test
    void appendDoesNotFlushWhatTheApplicationHasPending() {
        inTransaction(() -> {
            fixture.transactions.current().persist(new Purchase("p"));
            stored().append(NODE, events(1));
            assertEquals(1, fixture.recording.takeSql().size());
        });

        assertTrue(fixture.recording.takeSql().get(0).toLowerCase(Locale.ROOT).contains("insert into purchase"));
    }

    /** Else the flush would fail where the database takes nothing more, and hide what has happened. */
    @Test
    void afterAFailedAppendNothingIsFlushed() {
        EventEnvelope refused = Events.onTopic("t".repeat(300));
        IllegalStateException end = new IllegalStateException("it is rolled back");

        assertSame(
                end,
                assertThrows(
                        IllegalStateException.class,
                        () -> inTransaction(() -> {
                            fixture.transactions.current().persist(new Purchase("never"));
                            assertThrows(PersistenceException.class, () -> stored().append(NODE, List.of(refused)));
                            fixture.transactions.current().flush();
                            throw end;
                        })));
    }

    @Test
    void theApplicationsSecondLevelCacheSurvives() {
        inTransaction(() -> fixture.transactions.current().persist(new Purchase("p")));
        inTransaction(() -> fixture.transactions.current().find(Purchase.class, "p"));

        EventEnvelope given = event();
        append(NODE, given);
        stored().unsent(NODE, Events.CHANNEL, 0, Set.of(), Set.of(), 10, 10);
        stored().markDelayed(NODE, given.id(), 1, "failed", Duration.ofSeconds(60));
        stored().markDelivered(NODE, List.of(given.id()));
        stored().clean(NODE, Duration.ofHours(-1), 10);
        nodes.join(NODE, "a");

        assertTrue(fixture.factory.getCache().contains(Purchase.class, "p"));
    }

    @Test
    void marksNeedNotWaitForTheDisk() {
        List<EventEnvelope> given = events(2);
        append(NODE, given);
        assertEquals(2, unsent(NODE).events().size());
        fixture.recording.takeSql();

        stored().markDelivered(NODE, List.of(given.get(0).id()));
        assertEquals(database == TestDatabase.POSTGRESQL, durabilityIsRelaxed());
        stored().removeDelivered(NODE, List.of(given.get(1).id()));
        assertEquals(database == TestDatabase.POSTGRESQL, durabilityIsRelaxed());
    }

    @Test
    void theStateOfARowSaysWhatBecameOfItsEvent() {
        List<EventEnvelope> given = events(9);
        append(NODE, given);
        stored().markDelivered(NODE, List.of(given.get(1).id()));
        stored().shelve(NODE, Events.CHANNEL, "k3", Shelf.WAITING, Set.of());
        EventEnvelope parked = Events.event("k4", WhenDead.PARK);
        append(NODE, parked);
        stored().markDead(NODE, parked.id(), 1, "failed");
        stored().shelve(NODE, Events.CHANNEL, "k4", Shelf.PARKED, Set.of());
        stored().markDead(NODE, given.get(6).id(), 1, "failed");
        stored().markDelayed(NODE, given.get(7).id(), 1, "failed", Duration.ofSeconds(60));

        assertState(RowState.UNSENT, given.get(0));
        assertState(RowState.DELIVERED, given.get(1));
        assertState(RowState.WAITING, given.get(3));
        assertState(RowState.PARKED, given.get(4));
        assertState(RowState.BLOCKING, given.get(6));
        assertState(RowState.DELAYED, given.get(7));
    }

    @Test
    void theStateOfADeadEventSaysWhoWaitsForIt() {
        assertState(RowState.BLOCKING, dead(Events.whenDead(WhenDead.BLOCK)));
        assertState(RowState.PARKED, dead(Events.whenDead(WhenDead.PARK)));
        assertState(RowState.DEAD, dead(Events.whenDead(WhenDead.SKIP)));
        assertState(RowState.DEAD, dead(Events.unordered("key")));
        assertState(RowState.DEAD, dead(Events.event(Events.CHANNEL, null, Map.of(), new byte[0])));
    }

    @Test
    void aRowThatCantBeReadIsNamedAndLeavesItsNeighboursAlone() {
        for (Damage damage : Damage.values()) {
            for (WhenDead whenDead : WhenDead.values()) {
                EventEnvelope before = Events.withKey("before");
                EventEnvelope bad = Events.event("bad", whenDead);
                EventEnvelope after = Events.withKey("after");
                append(NODE, before, bad, after);
                damage(bad, damage.assignment);

                Unsent unsent = unsent(NODE);
                assertEquals(ids(List.of(before, after)), storedIds(unsent), damage::name);
                assertTrue(unsent.complete());
                assertEquals(
                        List.of(new UnreadableEvent(stored().number(bad.id()), bad.info(), 0, damage.error)),
                        unsent.unreadable());

                assertTrue(stored().markDead(NODE, bad.id(), 0, damage.error));
                assertState(damage.whenDead(whenDead), bad);
                assertEquals(List.of(), unsent(NODE).unreadable());
                assertEquals(2, stored().removeDelivered(NODE, ids(List.of(before, after))));
                rows().clear();
            }
        }
    }

    /** Those behind it in its key have to wait, whatever is said of others. */
    @Test
    void aRowThatCantBeReadHoldsItsKeyUp() {
        EventEnvelope bad = Events.withKey("key");
        EventEnvelope behind = Events.withKey("key");
        append(NODE, bad, behind);
        damage(bad, Damage.WHEN_DEAD.assignment);
        assertEquals(Map.of(behind.id(), new Turn(stored().number(bad.id()), Turn.Kind.AFTER_OWN)), turnOf(behind));

        stored().markDead(NODE, bad.id(), 0, Damage.WHEN_DEAD.error);

        assertEquals(Map.of(behind.id(), new Turn(stored().number(bad.id()), Turn.Kind.AFTER_WAITING)), turnOf(behind));
    }

    private Map<UUID, Turn> turnOf(EventEnvelope event) {
        return stored().turns(NODE, List.of(event.id()), Set.of());
    }

    /** Otherwise it would be read again for ever. */
    @Test
    void rowsThatCantBeReadCountForTheBoundsOfARead() {
        List<EventEnvelope> given = events(300);
        append(NODE, given);
        Jdbc.execute(fixture.dataSource, "UPDATE posthorn_outbox SET event_time = '?'");
        EventEnvelope good = event();
        append(NODE, good);

        Unsent first = stored().unsent(NODE, Events.CHANNEL, 0, Set.of(), Set.of(), 300, NO_BOUND);
        assertEquals(300, first.unreadable().size());
        assertEquals(List.of(), first.events());
        assertFalse(first.complete());
        first.unreadable().forEach(each -> stored().markDead(NODE, each, each.attempts(), each.error()));
        assertEquals(
                List.of(good.id()),
                storedIds(stored().unsent(NODE, Events.CHANNEL, 0, Set.of(), Set.of(), 300, NO_BOUND)));
    }

    @Test
    void attemptsOfARowThatCantBeReadAreKept() {
        EventEnvelope bad = event();
        append(NODE, bad);
        damage(bad, "event_time = '?', attempts = 3");

        assertEquals(3, unsent(NODE).unreadable().get(0).attempts());
    }

    /** As after an attempt to rename a channel by an UPDATE. */
    @Test
    void anEventWhoseChannelIsNotTheOneOfItsLaneStopsNoOther() {
        EventEnvelope bad = event();
        EventEnvelope good = event();
        append(NODE, bad, good);
        damage(bad, "channel = 'another'");

        Unsent unsent = unsent(NODE);
        assertEquals(List.of(good.id()), storedIds(unsent));
        assertEquals(
                "The row can't be read: channel is not the one of its lane.",
                unsent.unreadable().get(0).error());
        assertTrue(fixture.store(Map.of())
                .markDead(NODE, Events.CHANNEL, unsent.unreadable().get(0).seq(), 0, "unreadable"));
        assertEquals(List.of(), unsent(NODE).unreadable());
    }

    /** Where ids are texts: such an event is as unreadable as others are, and holds up its key alone. */
    @Test
    void anIdThatIsNoneStopsNothing() {
        if (database != TestDatabase.DERBY && database != TestDatabase.MYSQL) {
            return;
        }
        EventEnvelope bad = Events.withKey("key");
        EventEnvelope behind = Events.withKey("key");
        EventEnvelope other = Events.withKey("other");
        append(NODE, bad, behind, other);
        damage(bad, "id = 'no id'");

        Unsent unsent = unsent(NODE);
        assertEquals(ids(List.of(behind, other)), storedIds(unsent));
        assertEquals(1, unsent.unreadable().size());
        assertEquals(
                Map.of(other.id(), Turn.NOW, behind.id(), new Turn(stored().number(bad.id()), Turn.Kind.AFTER_OWN)),
                stored().turns(NODE, ids(List.of(behind, other)), Set.of()));
        assertTrue(stored().markDead(NODE, unsent.unreadable().get(0), 1, "unreadable"));
        assertEquals(Set.of(Events.CHANNEL), stored().adopt(OTHER_NODE, Set.of(Events.CHANNEL)));
        assertEquals(2, stored().giveUp(OTHER_NODE, Events.CHANNEL));
    }

    @Test
    void aStateThatIsNoneIsNobodysAndHoldsNobodyUp() {
        for (int state : new int[] {99, 8, -1, -32768}) {
            EventEnvelope bad = Events.withKey("key");
            EventEnvelope behind = Events.withKey("key");
            append(NODE, bad, behind);
            damage(bad, "state = " + state);

            assertEquals(List.of(behind.id()), storedIds(unsent(NODE)));
            assertEquals(
                    Turn.NOW,
                    stored().turns(NODE, List.of(behind.id()), Set.of()).get(behind.id()));
            assertEquals(1, stored().giveUp(NODE, Events.CHANNEL));
            assertEquals(0, stored().giveUp(NODE, Events.CHANNEL), "giving up has an end");
            Jdbc.execute(fixture.dataSource, "DELETE FROM posthorn_outbox");
        }
    }

    /** Whoever writes into the table of nodes must not stop the hearts of others. */
    @Test
    void rubbishInTheRowOfANodeStopsNoHearts() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        for (String heartbeat : List.of("-9223372036854775807", "9223372036854775807", "0")) {
            Jdbc.execute(
                    fixture.dataSource,
                    "UPDATE posthorn_node SET delivers = ' ? ', notices = -1, started_at = -1, heartbeat_at = "
                            + heartbeat + " WHERE id = 'node-2'");

            assertEquals(1, nodes().beat(NODE).orElseThrow().size());
            assertEquals(Set.of(" ? "), nodes().deliveredByOthers(NODE));
        }
        assertEquals(1, nodes().bury(NODE, Duration.ofMinutes(1)));
    }

    private void damage(EventEnvelope event, String assignment) {
        Jdbc.execute(
                fixture.dataSource, "UPDATE posthorn_outbox SET " + assignment + " WHERE id = '" + event.id() + "'");
    }

    @Test
    void whatAnOperatorSkippedIsCleaned() {
        EventEnvelope skipped = dead(event());
        rows().bring(skipped.id(), 5);
        rows().set("settled_at = 1", "1 = 1");

        assertEquals(1, stored().clean(NODE, Duration.ofHours(1), 10), skipped::toString);
    }

    @Test
    void whatTheDatabaseDoesNotTakeIsRefusedWithItsReason() {
        Optional<String> tooLarge = refusal(Events.ofSize(20 << 20));
        assertEquals(database == TestDatabase.MARIADB, tooLarge.isPresent());
        tooLarge.ifPresent(reason -> assertTrue(reason.contains("max_allowed_packet"), reason));

        Optional<String> nul = refusal(Events.withKey("\0"));
        assertEquals(database == TestDatabase.POSTGRESQL, nul.isPresent());
        nul.ifPresent(reason -> assertTrue(reason.contains("0x00"), reason));

        Optional<String> long32k = refusal(Events.withKey("k".repeat(40_000)));
        assertEquals(database == TestDatabase.DERBY, long32k.isPresent());
        long32k.ifPresent(reason -> assertTrue(reason.contains("32672"), reason));
    }

    /** What the application gets to know; that the connection may be closed as well comes later. */
    private Optional<String> refusal(EventEnvelope event) {
        List<Throwable> failures = new ArrayList<>();
        try {
            inTransaction(() -> {
                try {
                    stored().append(NODE, List.of(event));
                } catch (RuntimeException e) {
                    failures.add(e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            assertEquals(1, failures.size(), e::toString);
        }
        return failures.stream().map(JpaStoreContract::causes).findFirst();
    }

    private static String causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theDatabaseIsRecognised() {
        assertSame(
                SupportedDatabase.valueOf(database.name()).dialect(),
                Database.dialect(Fixture.config(Map.of()), fixture.transactions));
    }

    @Test
    void timesAreThoseOfTheDatabase() {
        EventEnvelope given = event();
        append(NODE, given);
        stored().markDelivered(NODE, List.of(given.id()));

        long now = System.currentTimeMillis();
        long created = Long.parseLong(rows().value("created_at", given.id()));
        long settled = Long.parseLong(rows().value("settled_at", given.id()));
        assertTrue(created <= settled && settled <= now + 1000 && created > now - 60_000, created + " " + settled);
    }

    private Rows rows() {
        return new Rows(fixture.dataSource);
    }

    private boolean durabilityIsRelaxed() {
        return fixture.recording.takeSql().get(0).contains("set_config('synchronous_commit', 'off', true)");
    }

    private EventEnvelope dead(EventEnvelope event) {
        append(NODE, event);
        stored().markDead(NODE, event.id(), 1, "failed");
        return event;
    }

    private void assertState(RowState expected, EventEnvelope event) {
        assertEquals(String.valueOf(expected.code()), rows().value("state", event.id()));
    }

    private int statementsToAppend(List<EventEnvelope> given) {
        fixture.recording.takeSql();
        append(NODE, given);
        return fixture.recording.takeSql().size();
    }
}
