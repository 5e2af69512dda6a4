package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.Events.event;
import static dev.posthorn.jpa.Events.events;
import static dev.posthorn.jpa.Events.ofSize;
import static dev.posthorn.jpa.Events.on;
import static dev.posthorn.jpa.Events.onTopic;
import static dev.posthorn.jpa.Events.withHeaders;
import static dev.posthorn.jpa.Events.withKey;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OtherNode;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every pair of stores must keep, told in terms of the SPI alone. */
public abstract class EventStoreContract extends KeyOrderContract {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void eventsComeBackAsTheyWereGiven() {
        EventEnvelope given = new EventEnvelope(
                UUID.randomUUID(),
                "Änderung",
                "/läden/1?a=b&c=:d",
                Instant.parse("2026-03-04T05:06:07.123456789Z"),
                CHANNEL,
                "töpfe.#",
                "ключ 'x' \"y\" \\z ?1 :name 鍵 🔑",
                false,
                WhenDead.PARK,
                "application/json; charset=utf-8",
                Map.of("a", "b"),
                new byte[] {0, -1, 127, -128});
        append(NODE, given);

        assertSame(given, onlyUnsent(NODE));
    }

    @Test
    void anEventWithoutAKeyComesBackWithoutOne() {
        EventEnvelope given = Events.event(CHANNEL, null, Map.of(), new byte[] {1});
        append(NODE, given);

        assertSame(given, onlyUnsent(NODE));
    }

    /** Stored at once, events may share what they have in common; what they have not is each one's own. */
    @Test
    void eventsOfOneTransactionMayDifferInAnything() {
        for (EventEnvelope other : Events.differingInOneThing()) {
            EventEnvelope first = Events.withKey("first");
            EventEnvelope last = Events.withKey("last");
            append(NODE, first, other, last);

            assertSame(first, stored(first));
            assertSame(other, stored(other));
            assertSame(last, stored(last));
        }
    }

    private EventEnvelope stored(EventEnvelope event) {
        return stored().unsent(NODE, event.channel(), 0, Set.of(), Set.of(), 1000, 1 << 20).events().stream()
                .map(StoredEvent::event)
                .filter(event::equals)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void headersComeBackWhateverIsInThem() {
        EventEnvelope given = withHeaders(Map.of(
                "", "empty name",
                "empty", "",
                "quoted \"\\", "\"\\/{}[],:",
                "control", "\0\1\b\t\n\f\r\u001f\u007f\u2028",
                "ünï", "日本 🔑",
                "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        append(NODE, given);

        assertSame(given, onlyUnsent(NODE));
    }

    @Test
    void largePayloadsComeBackByteForByte() {
        for (int bytes : new int[] {1 << 20, largestPayload()}) {
            EventEnvelope given = Events.event(CHANNEL, "key", Map.of(), random(bytes));
            append(NODE, event(), given, event());

            assertArrayEquals(given.data(), unsent(NODE).events().get(1).event().data());
            stored().removeDelivered(NODE, storedIds(unsent(NODE)));
        }
    }

    /** As much as the database takes by default. */
    protected int largestPayload() {
        return 20 << 20;
    }

    static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return data;
    }

    @Test
    void anEmptyPayloadComesBack() {
        append(NODE, ofSize(0));

        assertEquals(0, onlyUnsent(NODE).data().length);
    }

    @Test
    void aThousandEventsKeepTheOrderGiven() {
        List<EventEnvelope> given = events(1000);
        append(NODE, given);

        List<StoredEvent> stored = unsent(NODE).events();
        assertEquals(given, stored.stream().map(StoredEvent::event).toList());
        assertTrue(stored.get(0).seq() > 0);
        for (int i = 1; i < stored.size(); i++) {
            assertTrue(stored.get(i - 1).seq() < stored.get(i).seq());
        }
    }

    @Test
    void laterAppendsHaveLargerNumbers() {
        EventEnvelope first = event();
        EventEnvelope second = event();
        append(NODE, first);
        append(NODE, second);

        assertEquals(ids(List.of(first, second)), storedIds(unsent(NODE)));
    }

    @Test
    void whatIsRolledBackLeavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> inTransaction(() -> {
                    stored().append(NODE, events(60));
                    throw new IllegalStateException("rolled back");
                }));

        assertEquals(new Unsent(List.of(), true), unsent(NODE));
    }

    @Test
    void whatIsNotCommittedIsNotSeen() {
        inTransaction(() -> {
            stored().append(NODE, events(1));
            assertEquals(new Unsent(List.of(), true), unsent(NODE));
        });

        assertEquals(1, unsent(NODE).events().size());
    }

    @Test
    void unsentEventsAreThoseOfOneOwnerAndChannel() {
        EventEnvelope mine = event();
        append(NODE, mine, on("invoices"));
        append(OTHER_NODE, event());
        append(STRANGER, event());

        assertEquals(List.of(mine.id()), storedIds(unsent(NODE)));
    }

    @Test
    void unsentIsBoundedByTheNumberOfEvents() {
        List<EventEnvelope> given = events(100);
        append(NODE, given);

        Unsent bounded = stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 99, NO_BOUND);
        assertEquals(ids(given.subList(0, 99)), storedIds(bounded));
        assertFalse(bounded.complete());
        assertTrue(stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 100, NO_BOUND)
                .complete());
    }

    @Test
    void unsentIsBoundedByBytes() {
        List<EventEnvelope> given = List.of(ofSize(100), ofSize(200), ofSize(1));
        append(NODE, given);

        assertEquals(
                1,
                stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, 299)
                        .events()
                        .size());
        assertFalse(
                stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, 300).complete());
        assertEquals(
                2,
                stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, 300)
                        .events()
                        .size());
        assertTrue(
                stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, 301).complete());
    }

    @Test
    void theFirstUnsentEventIsReturnedHoweverLargeItIs() {
        append(NODE, ofSize(1000), ofSize(0));

        Unsent bounded = stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 10, 1);
        assertEquals(1, bounded.events().size());
        assertFalse(bounded.complete());
    }

    @Test
    void readingGoesOnBehindANumber() {
        List<EventEnvelope> given = events(300);
        append(NODE, given);
        long after = stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 100, NO_BOUND)
                .events()
                .get(99)
                .seq();

        Unsent next =
                stored().unsent(NODE, CHANNEL, after, Set.of(given.get(100).id()), Set.of(), 100, NO_BOUND);
        assertEquals(ids(given.subList(101, 201)), storedIds(next));
        assertFalse(next.complete());
        Unsent last = stored().unsent(NODE, CHANNEL, next.events().get(99).seq(), Set.of(), Set.of(), 99, NO_BOUND);
        assertEquals(ids(given.subList(201, 300)), storedIds(last));
        assertTrue(last.complete());
    }

    @Test
    void exceptionsBehindANumberHideNothing() {
        List<EventEnvelope> given = events(300);
        append(NODE, given);
        long after = stored().unsent(NODE, CHANNEL, 0, Set.of(), Set.of(), 1, NO_BOUND)
                .events()
                .get(0)
                .seq();

        Unsent last =
                stored().unsent(NODE, CHANNEL, after, Set.copyOf(ids(given.subList(0, 299))), Set.of(), 1, NO_BOUND);
        assertEquals(ids(given.subList(299, 300)), storedIds(last));
        assertTrue(last.complete());
    }

    @Test
    void exceptionsAreLeftOutAndDoNotCount() {
        List<EventEnvelope> given = events(300);
        append(NODE, given);

        Unsent rest = stored().unsent(NODE, CHANNEL, 0, Set.copyOf(ids(given.subList(0, 290))), Set.of(), 10, NO_BOUND);
        assertEquals(ids(given.subList(290, 300)), storedIds(rest));
        assertTrue(rest.complete());
        assertEquals(
                new Unsent(List.of(), true),
                stored().unsent(NODE, CHANNEL, 0, Set.copyOf(ids(given)), Set.of(), 10, NO_BOUND));
    }

    @Test
    void exceptionsAddedWhileItRunsHideNothing() {
        List<EventEnvelope> given = events(1000);
        append(NODE, given);
        Set<UUID> grown = new GrownSet(Set.copyOf(ids(given.subList(0, 999))));

        Unsent rest = stored().unsent(NODE, CHANNEL, 0, grown, Set.of(), 10, NO_BOUND);
        assertEquals(List.of(given.get(999).id()), storedIds(rest));
        assertTrue(rest.complete());
    }

    @Test
    void eventsOfTopicsThatTakeNothingArePassedOverAndDoNotCount() {
        List<EventEnvelope> bad =
                IntStream.range(0, 300).mapToObj(i -> onTopic("bad")).toList();
        EventEnvelope first = onTopic("good");
        EventEnvelope second = onTopic("fine");
        append(NODE, bad);
        append(NODE, first, onTopic("bad"), second, onTopic("bad"));

        Unsent bounded = withoutTopics(0, Set.of("bad"), 1);
        assertEquals(List.of(first.id()), storedIds(bounded));
        assertFalse(bounded.complete());
        Unsent next = withoutTopics(bounded.events().get(0).seq(), Set.of("bad"), 1);
        assertEquals(List.of(second.id()), storedIds(next));
        assertTrue(next.complete(), "nothing but events of topics that are passed over is left");
        assertEquals(new Unsent(List.of(), true), withoutTopics(0, Set.of("bad", "good", "fine"), 1));
        assertEquals(304, unsent(NODE).events().size());
    }

    @Test
    void topicsArePassedOverTogetherWithSingleEvents() {
        List<EventEnvelope> given =
                List.of(onTopic("bad"), onTopic("good"), onTopic("bad"), onTopic("good"), onTopic("good"));
        append(NODE, given);

        Unsent rest = stored().unsent(
                        NODE, CHANNEL, 0, Set.of(given.get(1).id(), given.get(2).id()), Set.of("bad"), 10, NO_BOUND);
        assertEquals(ids(given.subList(3, 5)), storedIds(rest));
        assertTrue(rest.complete());
    }

    /** More than any statement would list, and around the sizes of lists. */
    @Test
    void anyNumberOfTopicsIsPassedOver() {
        for (int count : new int[] {1, 2, 3, 64, 65, 127, 128, 129, 3000}) {
            Set<String> topics =
                    IntStream.range(0, count).mapToObj(i -> "bad-" + i).collect(Collectors.toSet());
            EventEnvelope good = onTopic("good");
            List<EventEnvelope> given = Stream.concat(
                            topics.stream().map(Events::onTopic), Stream.of(good, onTopic("bad-0")))
                    .toList();
            append(NODE, given);

            Unsent rest = withoutTopics(0, topics, 1);
            assertEquals(List.of(good.id()), storedIds(rest), count + " topics");
            assertTrue(rest.complete());
            assertEquals(given.size(), stored().removeDelivered(NODE, ids(given)));
        }
    }

    @Test
    void topicsAreDistinguishedByEveryCharacter() {
        List<EventEnvelope> given = Stream.of(
                        "a", "A", "a ", "ä", "a\u0308", "a,b", "{a}", "\"a\"", "\\a", "a\\", "'a'", "?1", "NULL", "",
                        "鍵 🔑")
                .map(Events::onTopic)
                .toList();
        append(NODE, given);
        for (EventEnvelope event : given) {
            List<UUID> others =
                    ids(given.stream().filter(other -> other != event).toList());

            assertEquals(others, storedIds(withoutTopics(0, Set.of(event.topic()), 100)), event::topic);
        }
        Set<String> all = given.stream().map(EventEnvelope::topic).collect(Collectors.toSet());
        assertEquals(new Unsent(List.of(), true), withoutTopics(0, all, 100));
    }

    private Unsent withoutTopics(long after, Set<String> topics, int maxEvents) {
        return stored().unsent(NODE, CHANNEL, after, Set.of(), topics, maxEvents, NO_BOUND);
    }

    @Test
    void deliveredEventsAreNoLongerUnsent() {
        List<EventEnvelope> given = events(3);
        append(NODE, given);

        assertEquals(2, stored().markDelivered(NODE, ids(given.subList(0, 2))));
        assertEquals(List.of(given.get(2).id()), storedIds(unsent(NODE)));
        assertEquals(0, stored().markDelivered(NODE, ids(given.subList(0, 2))));
    }

    @Test
    void anyNumberOfEventsIsMarkedAtOnce() {
        for (int count : new int[] {0, 1, 2, 3, 512, 513, 1100}) {
            List<EventEnvelope> given = events(count);
            inTransaction(() -> stored().append(NODE, given));
            assertEquals(count, stored().markDelivered(NODE, ids(given)));
        }
        assertEquals(new Unsent(List.of(), true), unsent(NODE));
    }

    @Test
    void marksOfOthersEventsChangeNothing() {
        EventEnvelope given = event();
        append(NODE, given);

        assertEquals(0, stored().markDelivered(OTHER_NODE, Set.of(given.id())));
        assertEquals(0, stored().removeDelivered(OTHER_NODE, Set.of(given.id())));
        assertFalse(stored().markDelayed(OTHER_NODE, given.id(), 7, "failed", Duration.ofSeconds(60)));
        assertFalse(stored().markDead(OTHER_NODE, given.id(), 7, "failed"));
        assertEquals(0, unsent(NODE).events().get(0).attempts());
    }

    @Test
    void removedEventsAreGone() {
        List<EventEnvelope> given = events(3);
        append(NODE, given);

        assertEquals(2, stored().removeDelivered(NODE, ids(given.subList(0, 2))));
        assertEquals(List.of(given.get(2).id()), storedIds(unsent(NODE)));
        assertEquals(0, stored().markDelivered(NODE, ids(given.subList(0, 2))));
    }

    @Test
    void theTextOfAnErrorCanBeAnything() {
        List<EventEnvelope> given = events(2);
        append(NODE, given);

        String error = "the broker said \0 " + "🔥".repeat(5000);
        assertTrue(stored().markDelayed(NODE, given.get(0).id(), 3, error, LONG));
        assertTrue(stored().markDead(NODE, given.get(1).id(), 4, "x" + error));
    }

    @Test
    void whenDeadComesBackAsItWasGiven() {
        for (WhenDead whenDead : WhenDead.values()) {
            EventEnvelope given = Events.whenDead(whenDead);
            append(NODE, given);
            assertEquals(whenDead, onlyUnsent(NODE).whenDead());
            stored().removeDelivered(NODE, Set.of(given.id()));
        }
    }

    @Test
    void keysAreDistinguishedByEveryCharacter() {
        List<EventEnvelope> given = Stream.of(
                        "a", "A", "a ", "ä", "a\u0308", "k".repeat(20_000) + 1, "k".repeat(20_000) + 2)
                .map(Events::withKey)
                .toList();
        append(NODE, given);

        assertEquals(
                given.stream().map(EventEnvelope::key).toList(),
                unsent(NODE).events().stream()
                        .map(stored -> stored.event().key())
                        .toList());
        Map<UUID, Turn> turns = stored().turns(NODE, ids(given), Set.of());
        given.forEach(event -> assertEquals(Turn.NOW, turns.get(event.id())));
    }

    @Test
    void onlyWhatWasDeliveredIsEverCleaned() {
        List<EventEnvelope> given = List.of(
                event(),
                Events.whenDead(WhenDead.SKIP),
                withKey("dead"),
                withKey("delayed"),
                withKey("waits"),
                event());
        append(NODE, given);
        stored().markDelivered(NODE, Set.of(given.get(0).id()));
        stored().markDead(NODE, given.get(1).id(), 10, "dead");
        stored().markDead(NODE, given.get(2).id(), 10, "dead");
        stored().markDelayed(NODE, given.get(3).id(), 1, "failed", LONG);
        stored().shelve(NODE, CHANNEL, "waits", Shelf.WAITING, Set.of());

        await().until(() -> stored().clean(NODE, Duration.ZERO, 10) == 1);
        assertEquals(0, stored().clean(NODE, Duration.ofHours(-1), 10));
        assertEquals(List.of(given.get(5).id()), storedIds(unsent(NODE)));
        assertEquals(
                3,
                stored().removeDelivered(
                                NODE,
                                Set.of(
                                        given.get(2).id(),
                                        given.get(3).id(),
                                        given.get(4).id())));
    }

    @Test
    void deliveredEventsAreKeptForTheRetention() {
        EventEnvelope given = event();
        append(NODE, given);
        stored().markDelivered(NODE, Set.of(given.id()));

        assertEquals(0, stored().clean(NODE, LONG, 10));
    }

    @Test
    void cleaningEndsAtTheLimit() {
        List<EventEnvelope> given = events(1200);
        append(NODE, given);
        stored().markDelivered(NODE, ids(given));

        Duration past = Duration.ofHours(-1);
        assertEquals(1100, stored().clean(NODE, past, 1100));
        assertEquals(100, stored().clean(NODE, past, 1000));
        assertEquals(0, stored().clean(NODE, past, 1000));
    }

    @Test
    void anApplicationCleansItsOwnEventsOnly() {
        EventEnvelope given = event();
        append(NODE, given);
        stored().markDelivered(NODE, Set.of(given.id()));

        assertEquals(0, stored().clean(STRANGER, Duration.ofHours(-1), 10));
        assertEquals(1, stored().clean(OTHER_NODE, Duration.ofHours(-1), 10));
    }

    @Test
    void nothingIsTakenFromTheLiving() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        append(NODE, event());

        assertEquals(Set.of(), stored().adopt(OTHER_NODE, Set.of(CHANNEL)));
        assertEquals(1, unsent(NODE).events().size());
    }

    @Test
    void whatTheDeadLeftUnsentIsTakenOver() {
        Node dead = new Node("node-0", "shop");
        nodes().join(OTHER_NODE, "b");
        List<EventEnvelope> left = events(3);
        append(NODE, left.get(0));
        append(dead, left.get(1), left.get(2), on("invoices"), on("unknown"));
        stored().markDelivered(dead, Set.of(left.get(2).id()));

        assertEquals(
                Set.of(CHANNEL, "invoices"), stored().adopt(OTHER_NODE, Set.of(CHANNEL, "invoices", "nothing there")));
        assertEquals(ids(left.subList(0, 2)), storedIds(unsent(OTHER_NODE)));
        assertEquals(0, stored().markDelivered(NODE, Set.of(left.get(0).id())));
        assertEquals(
                1,
                stored().unsent(dead, "unknown", 0, Set.of(), Set.of(), 10, NO_BOUND)
                        .events()
                        .size());
        assertEquals(Set.of(), stored().adopt(OTHER_NODE, Set.of(CHANNEL, "invoices")));
    }

    @Test
    void nothingIsTakenFromOtherApplications() {
        append(STRANGER, event());

        assertEquals(Set.of(), stored().adopt(NODE, Set.of(CHANNEL)));
        assertEquals(1, unsent(STRANGER).events().size());
    }

    @Test
    void aNodeThatLeftCanBeTakenOverAtOnce() {
        nodes().join(NODE, "a");
        append(NODE, event());
        nodes().leave(NODE);

        assertFalse(lives(NODE));
        assertEquals(Set.of(CHANNEL), stored().adopt(OTHER_NODE, Set.of(CHANNEL)));
    }

    @Test
    void theHeartbeatOfABuriedNodeSaysSo() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        assertTrue(lives(NODE));

        await().until(() -> lives(OTHER_NODE) && nodes().bury(OTHER_NODE, Duration.ofMillis(500)) == 1);
        assertFalse(lives(NODE));
        assertTrue(lives(OTHER_NODE));
    }

    @Test
    void aNodeThatIsHeardOfIsNotBuried() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");

        assertEquals(0, nodes().bury(OTHER_NODE, LONG));
        assertTrue(lives(NODE));
    }

    @Test
    void nodesOfOtherApplicationsAreNotBuried() {
        nodes().join(STRANGER, "a");
        nodes().join(NODE, "b");
        nodes().join(OTHER_NODE, "c");

        await().until(() -> lives(NODE) && nodes().bury(NODE, Duration.ofMillis(500)) == 1);
        assertFalse(lives(OTHER_NODE));
        assertTrue(lives(STRANGER));
    }

    @Test
    void aNodeThatHasItselfBeenSilentBuriesNobody() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        await().until(() -> lives(NODE) && nodes().bury(NODE, Duration.ofMillis(500)) == 1);

        // OTHER_NODE is buried, and so has no heartbeat of its own any more; NODE's is too old for a look back of no
        // time.
        nodes().join(STRANGER, "c");
        assertEquals(0, nodes().bury(OTHER_NODE, Duration.ofHours(-1)));
        assertEquals(0, nodes().bury(NODE, Duration.ofHours(-1)));
        assertTrue(lives(NODE));
    }

    @Test
    void nodesKnowWhereOthersOfTheirApplicationDeliver() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        nodes().join(STRANGER, "c");
        assertEquals(Set.of(), nodes().deliveredByOthers(NODE));

        assertTrue(nodes().noteDelivers(NODE, Set.of("mine")));
        assertTrue(nodes().noteDelivers(STRANGER, Set.of("strange")));
        assertTrue(nodes().noteDelivers(OTHER_NODE, Set.of("one", "two, and a half")));
        assertEquals(Set.of("one", "two, and a half"), nodes().deliveredByOthers(NODE));

        assertTrue(nodes().noteDelivers(OTHER_NODE, Set.of()));
        assertEquals(Set.of(), nodes().deliveredByOthers(NODE));
    }

    @Test
    void whoIsGoneDeliversNothing() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        nodes().noteDelivers(OTHER_NODE, Set.of("one"));
        nodes().leave(OTHER_NODE);

        assertEquals(Set.of(), nodes().deliveredByOthers(NODE));
        assertFalse(nodes().noteDelivers(OTHER_NODE, Set.of("one")));
    }

    @Test
    void joiningRemovesEarlierStartsOfTheSameName() {
        nodes().join(NODE, "a");
        nodes().join(STRANGER, "a");
        nodes().join(OTHER_NODE, "a");

        assertFalse(lives(NODE));
        assertTrue(lives(OTHER_NODE));
        assertTrue(lives(STRANGER));
    }

    @Test
    void aHeartbeatSeesTheOtherNodesOfItsApplication() {
        nodes().join(STRANGER, "a");
        nodes().join(NODE, "b");
        assertEquals(Optional.of(List.of()), nodes().beat(NODE));

        nodes().join(OTHER_NODE, "c");
        OtherNode other = onlyOther(NODE);
        assertEquals(OTHER_NODE.id(), other.id());
        assertTrue(other.silence().compareTo(LONG) < 0, other::toString);
        await().until(() -> onlyOther(NODE).silence().toMillis() > 500);
        assertTrue(lives(OTHER_NODE));
        assertTrue(onlyOther(NODE).silence().toMillis() < 500);

        nodes().leave(OTHER_NODE);
        assertEquals(Optional.of(List.of()), nodes().beat(NODE));
    }

    @Test
    void aHeartbeatSeesThatAnotherNodeHasGivenNotice() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        long before = onlyOther(NODE).notices();
        assertEquals(before, onlyOther(NODE).notices());

        nodes().giveNotice(OTHER_NODE);
        long after = onlyOther(NODE).notices();
        assertNotEquals(before, after);
        assertTrue(lives(OTHER_NODE));
        assertEquals(after, onlyOther(NODE).notices());

        nodes().giveNotice(OTHER_NODE);
        assertNotEquals(after, onlyOther(NODE).notices());
    }

    @Test
    void theNoticeOfANodeThatIsGoneIsLost() {
        nodes().join(NODE, "a");
        nodes().giveNotice(OTHER_NODE);

        assertEquals(Optional.of(List.of()), nodes().beat(NODE));
        assertFalse(lives(OTHER_NODE));
    }

    private boolean lives(Node node) {
        return nodes().beat(node).isPresent();
    }

    private OtherNode onlyOther(Node node) {
        List<OtherNode> others = nodes().beat(node).orElseThrow();
        assertEquals(1, others.size(), others::toString);
        return others.get(0);
    }

    private EventEnvelope onlyUnsent(Node owner) {
        Unsent unsent = unsent(owner);
        assertEquals(1, unsent.events().size());
        return unsent.events().get(0).event();
    }

    /** Two envelopes are equal if their ids are: here everything counts. */
    private static void assertSame(EventEnvelope expected, EventEnvelope actual) {
        assertArrayEquals(expected.data(), actual.data());
        assertEquals(parts(expected), parts(actual));
    }

    private static List<Object> parts(EventEnvelope event) {
        return Arrays.asList(
                event.id(),
                event.type(),
                event.source(),
                event.time(),
                event.channel(),
                event.topic(),
                event.key(),
                event.ordered(),
                event.whenDead(),
                event.contentType(),
                event.headers());
    }

    /** Was empty when its size was asked for. */
    private static final class GrownSet extends AbstractSet<UUID> {

        private final Set<UUID> ids;

        GrownSet(Set<UUID> ids) {
            this.ids = ids;
        }

        @Override
        public boolean contains(Object id) {
            return ids.contains(id);
        }

        @Override
        public Iterator<UUID> iterator() {
            return ids.iterator();
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
