package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.Events.event;
import static dev.posthorn.jpa.Events.events;
import static dev.posthorn.jpa.Events.on;
import static dev.posthorn.jpa.Events.withKey;
import static dev.posthorn.jpa.StoreHarness.NODE;
import static dev.posthorn.jpa.StoreHarness.OTHER_NODE;
import static dev.posthorn.jpa.StoreHarness.STRANGER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.operator.EventCount;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore.Backlog;
import dev.posthorn.spi.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What operators may rely on, told on the tables of each database through each provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OperatorStoreContract {

    private static final String SHOP = "shop";
    private static final Set<EventState> ALL = EnumSet.allOf(EventState.class);
    private static final int[] ALL_STATES = {0, 1, 2, 3, 4, 5, 6, 7};

    private final Fixture.Provider provider;
    private final TestDatabase database;

    private Fixture fixture;
    private JpaEventStore events;
    private JpaOperatorStore store;

    OperatorStoreContract(Fixture.Provider provider, TestDatabase database) {
        this.provider = provider;
        this.database = database;
    }

    @BeforeAll
    void start() {
        fixture = new Fixture(provider, database);
        events = fixture.preparedStore();
        store = fixture.operators(Map.of());
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
                "UPDATE posthorn_channel SET paused_at = NULL, paused_by = NULL");
    }

    @Test
    void theClockIsThatOfTheDatabase() {
        Duration difference = Duration.between(store.time(), Instant.now()).abs();

        assertTrue(difference.compareTo(Duration.ofMinutes(1)) < 0, difference::toString);
    }

    @Test
    void countsAreByChannelAndByStateAsUsersSeeIt() {
        append(NODE, inState(0), inState(0), inState(2), inState(6), inState(1));
        append(NODE, on("invoices"));
        append(STRANGER, inState(0));
        set(
                "created_at = created_at - 60000",
                "seq = " + Jdbc.query(fixture.dataSource, "SELECT MIN(seq) FROM posthorn_outbox"));

        List<EventCount> counts = store.counts(SHOP, EventFilter.undelivered());

        assertEquals(
                List.of("invoices UNSENT 1", "orders UNSENT 2", "orders DEAD 2"),
                counts.stream()
                        .map(count -> count.channel() + " " + count.state() + " " + count.count())
                        .toList());
        Duration oldest = counts.get(1).oldest();
        assertTrue(oldest.toSeconds() >= 60 && oldest.toSeconds() < 120, oldest::toString);
        assertTrue(counts.get(0).oldest().toSeconds() < 60);
        assertEquals(1, count(EventFilter.all().states(EventState.DELIVERED)));
    }

    @Test
    void idsCanBeCounted() {
        List<EventEnvelope> given = append(NODE, inState(6), inState(2), inState(0));

        assertEquals(
                2, count(EventFilter.all().ids(given.get(0).id(), given.get(1).id(), UUID.randomUUID())));
        assertEquals(
                1,
                count(EventFilter.all()
                        .ids(given.get(0).id(), given.get(2).id())
                        .states(EventState.UNSENT)));
    }

    @Test
    void everyConditionOfAFilterCounts() {
        EventEnvelope one = append(NODE, inState(1)).get(0);
        set("type = 'OrderPaid', created_at = 1000, settled_at = 2000, event_key = 'k1'", "id = '" + one.id() + "'");
        append(NODE, inState(1), inState(2));
        set("settled_at = 9000", "type <> 'OrderPaid'");
        List<EventFilter> matching = List.of(
                EventFilter.all().ids(one.id()),
                EventFilter.all().type("OrderPaid"),
                EventFilter.all().key("k1"),
                EventFilter.all().stored(null, Instant.ofEpochMilli(1001)),
                EventFilter.all().stored(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(1001)),
                EventFilter.all().settled(Instant.ofEpochMilli(2000), Instant.ofEpochMilli(2001)),
                EventFilter.all()
                        .states(EventState.DELIVERED, EventState.DISCARDED)
                        .channel(CHANNEL)
                        .type("OrderPaid"));
        List<EventFilter> excluding = List.of(
                EventFilter.all().type("OrderPaid").channel("invoices"),
                EventFilter.all().type("OrderPaid").states(EventState.DEAD),
                EventFilter.all().type("OrderPaid").key("k2"),
                EventFilter.all().type("OrderPaid").stored(Instant.ofEpochMilli(1001), null),
                EventFilter.all().type("OrderPaid").stored(null, Instant.ofEpochMilli(1000)),
                EventFilter.all().type("OrderPaid").settled(Instant.ofEpochMilli(2001), null),
                EventFilter.all().type("OrderPaid").settled(null, Instant.ofEpochMilli(2000)));

        for (EventFilter filter : matching) {
            assertEquals(List.of(one.id()), ids(store.list(SHOP, filter, null, 10)), filter::toString);
            assertEquals(1, count(filter), filter::toString);
        }
        for (EventFilter filter : excluding) {
            assertEquals(List.of(), ids(store.list(SHOP, filter, null, 10)), filter::toString);
            assertEquals(List.of(), ids(store.list(SHOP, filter.ids(one.id()), null, 10)), filter::toString);
            assertEquals(0, count(filter), filter::toString);
        }
    }

    /** Such texts come from requests of whoever may send them: a database that refuses them must not end in an error. */
    @Test
    void textsThatCannotBeStoredFindNothing() {
        append(NODE, inState(0), inState(2));
        for (String text : List.of("a\0b", "\0", "a\ud800", "\udfffa", "?\udc00\ud800")) {
            for (EventFilter filter : List.of(
                    EventFilter.all().key(text),
                    EventFilter.all().type(text),
                    EventFilter.all().channel(text))) {
                assertEquals(List.of(), ids(store.list(SHOP, filter, null, 10)));
                assertEquals(0, count(filter));
            }
            assertEquals(0, store.park(NODE, CHANNEL, text, 10));
            assertEquals(0, store.release(NODE, text, "a", 10));
        }
        assertEquals(2, count(EventFilter.all()));
    }

    @Test
    void pagesShowEveryEventOnce() {
        List<EventEnvelope> given = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (int state : ALL_STATES) {
                given.addAll(append(NODE, inState(state)));
            }
        }
        append(STRANGER, inState(2));
        set("settled_at = 1000", "state IN (1, 5)");

        for (int limit : new int[] {1, 3, 5, 7, 100}) {
            List<EventSummary> listed = all(EventFilter.all(), limit);
            assertEquals(given.size(), listed.size());
            assertEquals(
                    new HashSet<>(given.stream().map(EventEnvelope::id).toList()),
                    new HashSet<>(listed.stream().map(EventSummary::id).toList()));
            assertInOrder(listed);
        }
    }

    @Test
    void idsCanBeListedInPages() {
        List<EventEnvelope> given = append(NODE, events(25));
        append(NODE, event());
        Set<UUID> ids = new HashSet<>(given.stream().map(EventEnvelope::id).toList());
        ids.add(UUID.randomUUID());

        List<EventSummary> listed = all(EventFilter.all().ids(ids), 10);
        assertEquals(25, listed.size());
        assertTrue(listed.stream().allMatch(event -> ids.contains(event.id())));
    }

    @Test
    void deliveredEventsAreListedInTheOrderOfTheirDelivery() {
        List<EventEnvelope> given = append(NODE, inState(1), inState(1), inState(1), inState(1));
        set("settled_at = 5000", "id = '" + given.get(0).id() + "'");
        set(
                "settled_at = 4000",
                "id IN ('" + given.get(3).id() + "', '" + given.get(2).id() + "')");
        set("settled_at = 6000", "id = '" + given.get(1).id() + "'");
        List<UUID> expected = List.of(
                given.get(2).id(),
                given.get(3).id(),
                given.get(0).id(),
                given.get(1).id());

        for (int limit = 1; limit < 6; limit++) {
            assertEquals(expected, uuids(all(EventFilter.all(), limit)));
        }
    }

    @Test
    void aPositionThatNoPageHadIsRefused() {
        for (String position : List.of("", "x", "1-2", "1-2-3; DROP TABLE posthorn_outbox", "-1-0-0")) {
            assertThrows(IllegalArgumentException.class, () -> store.list(SHOP, EventFilter.all(), position, 10));
        }
    }

    @Test
    void detailsAreEverythingAboutAnEvent() {
        EventEnvelope given = append(NODE, Events.event(CHANNEL, "kéy", Map.of("tenant", "ö"), new byte[] {1, 2, 3}))
                .get(0);
        rows().bring(given.id(), 7);
        Jdbc.execute(
                fixture.dataSource,
                "UPDATE posthorn_outbox SET attempts = 3, last_error = 'too large', shelf_order = 1234, when_dead = 1");

        EventDetails details = store.find(SHOP, given.id()).orElseThrow();
        EventSummary summary = details.summary();
        assertEquals(given.id(), summary.id());
        assertEquals(EventState.DELAYED, summary.state());
        assertEquals("OrderPlaced", summary.type());
        assertEquals(given.time(), summary.time());
        assertEquals(CHANNEL, summary.channel());
        assertEquals("orders.placed", summary.topic());
        assertEquals("kéy", summary.key());
        assertTrue(summary.ordered());
        assertEquals(WhenDead.PARK, summary.whenDead());
        assertEquals(3, summary.size());
        assertEquals(3, summary.attempts());
        assertEquals("too large", summary.error());
        assertEquals(Node.NOBODY, summary.owner());
        assertEquals(Instant.ofEpochMilli(1234), summary.due());
        assertNull(summary.settled());
        assertEquals("/shop", details.source());
        assertEquals("application/json", details.contentType());
        assertEquals(Map.of("tenant", "ö"), details.headers());
        assertArrayEquals(new byte[] {1, 2, 3}, details.data());
        assertEquals(
                summary, store.list(SHOP, EventFilter.all(), null, 1).events().get(0));
    }

    @Test
    void othersEventsAreNotShown() {
        EventEnvelope foreign = append(STRANGER, event()).get(0);

        assertEquals(Optional.empty(), store.find(SHOP, foreign.id()));
        assertEquals(Optional.empty(), store.find(SHOP, UUID.randomUUID()));
        assertEquals(List.of(), ids(store.list(SHOP, EventFilter.all().ids(foreign.id()), null, 10)));
    }

    @Test
    void requeuedEventsAreThisNodesAndHaveNoAttempts() {
        List<UUID> ids = oneInEachState(OTHER_NODE);
        set("attempts = 10, settled_at = 1", "1 = 1");

        assertEquals(5, store.requeue(NODE, ids, ALL));

        assertEquals("0 1 0 3 0 0 0 0", states(ids));
        List<StoredEvent> unsent = events.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, Long.MAX_VALUE)
                .events();
        assertEquals(
                List.of(0, 0, 0, 0, 0),
                unsent.stream().map(StoredEvent::attempts).toList());
        assertNull(store.find(SHOP, ids.get(5)).orElseThrow().summary().settled());
        assertEquals(0, store.requeue(NODE, ids, ALL));
    }

    @Test
    void skippedDeadEventsStay() {
        List<UUID> ids = oneInEachState(NODE);

        assertEquals(2, store.skip(NODE, ids, ALL));
        assertEquals("0 1 2 3 2 5 2 7", states(ids));
    }

    @Test
    void whatIsUndeliveredCanBeDiscarded() {
        List<UUID> ids = oneInEachState(NODE);
        long before = store.time().toEpochMilli();

        assertEquals(6, store.discard(NODE, ids, ALL));
        assertEquals("5 1 5 5 5 5 5 5", states(ids));
        Instant settled = store.find(SHOP, ids.get(0)).orElseThrow().summary().settled();
        assertTrue(settled != null && settled.toEpochMilli() >= before, () -> settled + " " + before);
        assertEquals(0, store.discard(NODE, ids, ALL));
    }

    /** Another operator may have done something to them meanwhile. */
    @Test
    void onlyWhatIsInTheStatesThatWereMeantIsChanged() {
        List<UUID> ids = oneInEachState(NODE);

        assertEquals(0, store.requeue(NODE, ids, Set.of(EventState.DELIVERED)));
        assertEquals(0, store.requeue(NODE, ids, Set.of()));
        assertEquals(1, store.skip(NODE, ids, Set.of(EventState.PARKED)));
        assertEquals("0 1 2 3 2 5 6 7", states(ids));
        assertEquals(3, store.requeue(NODE, ids, Set.of(EventState.DEAD)));
        assertEquals("0 1 0 3 0 5 0 7", states(ids));
        assertEquals(1, store.discard(NODE, ids, Set.of(EventState.WAITING)));
        assertEquals("0 1 0 5 0 5 0 7", states(ids));
    }

    @Test
    void nothingIsDoneToOthersEvents() {
        List<UUID> ids = oneInEachState(STRANGER);

        assertEquals(0, store.requeue(NODE, ids, ALL));
        assertEquals(0, store.skip(NODE, ids, ALL));
        assertEquals(0, store.discard(NODE, ids, ALL));
        assertEquals(0, store.sendAgain(NODE, ids));
        assertEquals(0, store.copy(NODE, Map.of(ids.get(1), UUID.randomUUID())));
        assertEquals(0, store.park(NODE, CHANNEL, "key", 10));
        assertEquals("0 1 2 3 4 5 6 7", states(ids));
    }

    @Test
    void noIdsAreNoChange() {
        assertEquals(0, store.requeue(NODE, List.of(), ALL));
        assertEquals(0, store.skip(NODE, List.of(), ALL));
        assertEquals(0, store.discard(NODE, List.of(), ALL));
        assertEquals(0, store.sendAgain(NODE, List.of()));
        assertEquals(0, store.copy(NODE, Map.of()));
    }

    @Test
    void aKeyIsParkedFromItsBeginning() {
        List<UUID> ids = oneInEachState(NODE);
        EventEnvelope unordered = append(NODE, event()).get(0);
        set("ordered = 0, key_hash = -key_hash", "id = '" + unordered.id() + "'");
        append(NODE, withKey("other"), on("invoices"));

        assertEquals(1, store.park(NODE, CHANNEL, "key", 1));
        assertEquals("4 1 2 3 4 5 6 7", states(ids));
        assertEquals(3, store.park(NODE, CHANNEL, "key", 10));
        assertEquals("4 1 2 4 4 5 4 4", states(ids));
        assertEquals(0, store.park(NODE, CHANNEL, "key", 10));
        assertEquals(3, count(EventFilter.all().states(EventState.UNSENT)));
    }

    @Test
    void parkedEventsOfAKeyWaitForTheirTurnAfterTheirRelease() {
        List<UUID> ids = oneInEachState(NODE);
        List<EventEnvelope> more = append(NODE, inState(4), inState(4));
        EventEnvelope other = append(NODE, inState(4)).get(0);
        set("attempts = 10", "1 = 1");
        set("event_key = 'other', key_hash = " + Numbers.key("other"), "id = '" + other.id() + "'");

        assertEquals(2, store.release(NODE, CHANNEL, "key", 2));
        assertEquals("0 1 2 3 3 5 6 7", states(ids));
        assertEquals("3 4 4", states(List.of(more.get(0).id(), more.get(1).id(), other.id())));
        assertEquals(0, store.find(SHOP, ids.get(4)).orElseThrow().summary().attempts());
        assertEquals(1, store.release(NODE, CHANNEL, "key", 2));
        assertEquals(0, store.release(NODE, CHANNEL, "key", 2));
    }

    @Test
    void copiesOfDeliveredEventsAreNewEventsInTheOrderOfDelivery() {
        EventEnvelope first = Events.event(CHANNEL, "a", Map.of("tenant", "t"), new byte[] {1});
        EventEnvelope second = Events.event(CHANNEL, null, Map.of(), new byte[] {2});
        EventEnvelope unsent = event();
        append(NODE, second, first, unsent);
        rows().bring(first.id(), 1);
        rows().bring(second.id(), 1);
        set("settled_at = 1000", "id = '" + first.id() + "'");
        set("settled_at = 2000", "id = '" + second.id() + "'");
        Map<UUID, UUID> copies = Map.of(
                first.id(), UUID.randomUUID(),
                second.id(), UUID.randomUUID(),
                unsent.id(), UUID.randomUUID());

        assertEquals(2, store.copy(OTHER_NODE, copies));

        List<StoredEvent> stored = events.unsent(OTHER_NODE, CHANNEL, 0, Set.of(), Set.of(), 10, Long.MAX_VALUE)
                .events();
        assertEquals(
                List.of(copies.get(first.id()), copies.get(second.id())),
                stored.stream().map(event -> event.event().id()).toList());
        EventEnvelope copy = stored.get(0).event();
        assertEquals(Map.of("tenant", "t", "posthornreplayof", first.id().toString()), copy.headers());
        assertEquals("a", copy.key());
        assertEquals(first.time(), copy.time());
        assertArrayEquals(first.data(), copy.data());
        assertNull(stored.get(1).event().key());
        assertEquals("1 1 0", states(List.of(first.id(), second.id(), unsent.id())));
    }

    @Test
    void deliveredEventsCanBeSentAgainAsThemselves() {
        List<UUID> ids = oneInEachState(OTHER_NODE);
        set("attempts = 2", "1 = 1");

        assertEquals(1, store.sendAgain(NODE, ids));
        assertEquals("0 0 2 3 4 5 6 7", states(ids));
        StoredEvent again = events.unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, Long.MAX_VALUE)
                .events()
                .get(0);
        assertEquals(ids.get(1), again.event().id());
        assertEquals(0, again.attempts());
    }

    @Test
    void aChannelIsPausedUntilItIsResumed() {
        assertEquals(List.of(), store.paused(SHOP));
        assertTrue(store.pause(SHOP, CHANNEL, "Ada"));
        assertFalse(store.pause(SHOP, CHANNEL, "Grace"));
        assertTrue(store.pause(SHOP, "invoices", "x".repeat(300)));
        assertTrue(store.pause("warehouse", CHANNEL, "Ada"));

        assertEquals(
                List.of("invoices", CHANNEL),
                store.paused(SHOP).stream().map(pause -> pause.channel()).toList());
        assertEquals("Ada", store.paused(SHOP).get(1).by());
        assertTrue(Duration.between(store.paused(SHOP).get(1).since(), store.time())
                        .compareTo(Duration.ofMinutes(1))
                < 0);
        assertTrue(store.resume(SHOP, CHANNEL));
        assertFalse(store.resume(SHOP, CHANNEL));
        assertEquals(1, store.paused(SHOP).size());
        assertEquals(1, store.paused("warehouse").size());
    }

    @Test
    void theBacklogIsTheFirstUnsentEventOfEachOwnerAndChannel() {
        fixture.nodes(Map.of()).join(NODE, "a");
        append(NODE, event(), event(), on("invoices"), inState(1), inState(6));
        append(OTHER_NODE, event());
        append(STRANGER, event());
        set(
                "created_at = created_at - 60000",
                "seq = " + Jdbc.query(fixture.dataSource, "SELECT MIN(seq) FROM posthorn_outbox"));

        List<Backlog> backlog = store.backlog(SHOP);

        assertEquals(
                List.of("invoices node-1 true", "orders " + Numbers.owner(OTHER_NODE) + " false", "orders node-1 true"),
                backlog.stream()
                        .map(each -> each.channel() + " " + each.owner() + " " + each.ownerLives())
                        .toList());
        assertTrue(backlog.get(2).age().toSeconds() >= 60, backlog::toString);
        assertTrue(backlog.get(1).age().toSeconds() < 60, backlog::toString);
    }

    @Test
    void whatIsHeldUpIsCountedUpToALimit() {
        append(NODE, event(), inState(1), inState(5), inState(7));
        append(NODE, inState(2), inState(6), inState(6), inState(3), inState(3), inState(4));

        assertEquals(new Held(3, 2, 1), store.held(SHOP, 100));
        assertEquals(new Held(2, 2, 1), store.held(SHOP, 2));
        assertEquals(new Held(0, 0, 0), store.held("other", 2));
    }

    /** What can be read of a row is shown, whatever is wrong with the rest, and its neighbours as ever. */
    @Test
    void aRowThatCantBeReadCanBeListedInspectedAndDiscarded() {
        for (Damage damage : Damage.values()) {
            List<EventEnvelope> given = append(NODE, inState(2), inState(2), inState(2));
            EventEnvelope bad = given.get(1);
            set(damage.assignment, "id = '" + bad.id() + "'");
            EventFilter dead = EventFilter.all().states(EventState.DEAD);

            List<EventSummary> listed = store.list(SHOP, dead, null, 10).events();
            assertEquals(StoreHarness.ids(given), uuids(listed), damage::name);
            assertEquals(
                    listed,
                    store.list(SHOP, dead.ids(StoreHarness.ids(given)), null, 10)
                            .events());
            assertNull(listed.get(0).error());
            EventSummary summary = listed.get(1);
            EventDetails details = store.find(SHOP, bad.id()).orElseThrow();
            assertEquals(bad.type(), summary.type());
            assertEquals(bad.key(), summary.key());
            assertEquals(bad.source(), details.source());
            assertArrayEquals(bad.data(), details.data());
            assertEquals(new String(bad.data(), StandardCharsets.UTF_8), details.text());
            assertEquals(damage.assignment.startsWith("event_time"), summary.time() == null);
            assertEquals(damage == Damage.WHEN_DEAD, summary.whenDead() == null);
            assertEquals(Map.of(), details.headers());
            assertEquals(damage.error, details.summary().error());
            assertEquals(3, count(dead));

            assertEquals(1, store.requeue(NODE, Set.of(bad.id()), ALL));
            set("last_error = 'stored'", "id = '" + bad.id() + "'");
            assertEquals(
                    "stored", store.find(SHOP, bad.id()).orElseThrow().summary().error());
            assertEquals(1, store.discard(NODE, Set.of(bad.id()), ALL));
            empty();
        }
    }

    /** What a newer version may have written, or somebody by hand. */
    @Test
    void aStateThatIsNoneCanBeSeenAndMended() {
        for (int state : new int[] {8, 99, -1}) {
            List<EventEnvelope> given = append(NODE, inState(0), inState(state), inState(state), inState(2));
            List<UUID> bad = StoreHarness.ids(given.subList(1, 3));
            EventFilter unknown = EventFilter.all().states(EventState.UNKNOWN);

            assertEquals(2, count(unknown));
            assertEquals(4, count(EventFilter.undelivered()));
            assertEquals(bad, ids(store.list(SHOP, unknown, null, 10)));
            assertEquals(bad, uuids(all(unknown, 1)));
            assertEquals(4, all(EventFilter.all(), 2).size());
            EventSummary summary = store.find(SHOP, bad.get(0)).orElseThrow().summary();
            assertEquals(EventState.UNKNOWN, summary.state());
            assertEquals("The row can't be read: state is " + state + ", which is no state.", summary.error());

            assertEquals(0, store.skip(NODE, bad, ALL));
            assertEquals(0, store.discard(NODE, bad, Set.of(EventState.DEAD)));
            assertEquals(1, store.discard(NODE, bad.subList(0, 1), Set.of(EventState.UNKNOWN)));
            assertEquals(1, store.requeue(NODE, bad, Set.of(EventState.UNKNOWN)));
            assertEquals("5 0", states(bad));
            empty();
        }
    }

    @Test
    void aDeliveredRowThatCantBeReadIsNotCopiedAndStopsNoOther() {
        List<EventEnvelope> given = append(NODE, inState(1), inState(1), inState(1));
        set(Damage.TIME.assignment, "id = '" + given.get(1).id() + "'");
        Map<UUID, UUID> copies = new HashMap<>();
        given.forEach(event -> copies.put(event.id(), UUID.randomUUID()));

        assertEquals(2, store.copy(NODE, copies));
        assertEquals(2, count(EventFilter.all().states(EventState.UNSENT)));
    }

    /** Appends what comes, then brings those that are to have another state into it. */
    private List<EventEnvelope> append(Node owner, Object... given) {
        List<EventEnvelope> appended = new ArrayList<>();
        for (Object each : given) {
            EventEnvelope event = each instanceof EventEnvelope envelope ? envelope : event();
            append(owner, List.of(event));
            appended.add(event);
            if (each instanceof Integer state) {
                rows().bring(event.id(), state);
            }
        }
        return appended;
    }

    private List<EventEnvelope> append(Node owner, List<EventEnvelope> given) {
        fixture.transactions.separately(em -> {
            events.append(owner, given);
            return true;
        });
        // As a node does that relays them.
        given.stream()
                .map(EventEnvelope::channel)
                .distinct()
                .forEach(channel -> events.unsent(owner, channel, 0, Set.of(), Set.of(), 1, 1));
        return given;
    }

    private static Object inState(int state) {
        return state;
    }

    /** One event in each state of a row, in the order of their codes, all of one key. */
    private List<UUID> oneInEachState(Node owner) {
        Object[] all = Arrays.stream(ALL_STATES).boxed().toArray();
        return append(owner, all).stream().map(EventEnvelope::id).toList();
    }

    private String states(List<UUID> ids) {
        return ids.stream().map(id -> rows().value("state", id)).collect(Collectors.joining(" "));
    }

    private void set(String values, String condition) {
        rows().set(values, condition);
    }

    private Rows rows() {
        return new Rows(fixture.dataSource);
    }

    private long count(EventFilter filter) {
        return store.counts(SHOP, filter).stream().mapToLong(EventCount::count).sum();
    }

    private List<EventSummary> all(EventFilter filter, int limit) {
        List<EventSummary> all = new ArrayList<>();
        EventPage page = store.list(SHOP, filter, null, limit);
        all.addAll(page.events());
        while (page.next().isPresent()) {
            page = store.list(SHOP, filter, page.next().get(), limit);
            assertTrue(page.events().size() <= limit);
            all.addAll(page.events());
        }
        return all;
    }

    private static void assertInOrder(List<EventSummary> listed) {
        for (int i = 1; i < listed.size(); i++) {
            EventSummary before = listed.get(i - 1);
            EventSummary event = listed.get(i);
            assertTrue(
                    before.state().compareTo(event.state()) < 0
                            || before.blocks() != event.blocks()
                            || before.seq() < event.seq(),
                    () -> before + " " + event);
        }
    }

    private static List<UUID> ids(EventPage page) {
        return uuids(page.events());
    }

    private static List<UUID> uuids(List<EventSummary> listed) {
        return listed.stream().map(EventSummary::id).toList();
    }
}
