package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;
import static dev.posthorn.jpa.Events.event;
import static dev.posthorn.jpa.Events.events;
import static dev.posthorn.jpa.Events.unordered;
import static dev.posthorn.jpa.Events.whenDead;
import static dev.posthorn.jpa.Events.withKey;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The part of {@link EventStoreContract} about order: whose turn it is, and where events go that must wait. */
public abstract class KeyOrderContract extends StoreHarness {

    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Unsent NONE = new Unsent(List.of(), true);

    @Test
    void theFirstOfAKeyHasItsTurnAndOthersFollowThoseBeforeThem() {
        List<EventEnvelope> given = List.of(event(), withKey("other"), event(), event());
        append(NODE, given);

        Map<UUID, Turn> turns = turns(given);
        assertEquals(Turn.NOW, turns.get(given.get(0).id()));
        assertEquals(Turn.NOW, turns.get(given.get(1).id()));
        assertEquals(
                after(given.get(0), Turn.Kind.AFTER_OWN), turns.get(given.get(2).id()));
        assertEquals(
                after(given.get(2), Turn.Kind.AFTER_OWN), turns.get(given.get(3).id()));
    }

    @Test
    void whatIsNotAskedForCountsAsWell() {
        List<EventEnvelope> given = sameKey(3);
        append(NODE, given);

        assertEquals(Map.of(given.get(2).id(), after(given.get(1), Turn.Kind.AFTER_OWN)), turns(List.of(given.get(2))));
    }

    @Test
    void channelsAndApplicationsHaveKeysOfTheirOwn() {
        EventEnvelope mine = event();
        append(STRANGER, event());
        append(NODE, Events.on("invoices"), mine);

        assertEquals(Map.of(mine.id(), Turn.NOW), turns(List.of(mine)));
    }

    @Test
    void whatHasNoOrderNeitherWaitsNorIsWaitedFor() {
        List<EventEnvelope> given = List.of(
                unordered("key"), event(), unordered("key"), Events.event(CHANNEL, null, Map.of(), new byte[0]));
        append(NODE, given);

        given.forEach(event -> assertEquals(Turn.NOW, turns(given).get(event.id()), event::toString));
    }

    @Test
    void theTurnComesAfterAnotherOwnersEvent() {
        EventEnvelope foreign = event();
        EventEnvelope mine = event();
        append(OTHER_NODE, foreign);
        append(NODE, mine);

        assertEquals(Map.of(mine.id(), after(foreign, Turn.Kind.AFTER_FOREIGN)), turns(List.of(mine)));
        stored().markDelivered(OTHER_NODE, Set.of(foreign.id()));
        assertEquals(Map.of(mine.id(), Turn.NOW), turns(List.of(mine)));
    }

    @Test
    void laterEventsAreNotWaitedFor() {
        EventEnvelope mine = event();
        append(NODE, mine);
        append(OTHER_NODE, event());

        assertEquals(Map.of(mine.id(), Turn.NOW), turns(List.of(mine)));
    }

    @Test
    void deliveredButUnmarkedEventsArePassedOver() {
        List<EventEnvelope> given = sameKey(2000);
        append(NODE, given);
        List<EventEnvelope> last = given.subList(1999, 2000);

        assertEquals(
                Map.of(given.get(1999).id(), Turn.NOW),
                stored().turns(NODE, ids(last), Set.copyOf(ids(given.subList(0, 1999)))));
        assertEquals(
                Map.of(given.get(1999).id(), after(given.get(0), Turn.Kind.AFTER_OWN)),
                stored().turns(NODE, ids(last), Set.copyOf(ids(given.subList(1, 1999)))));
    }

    @Test
    void theTurnOfManyIsToldAtOnce() {
        List<EventEnvelope> given = events(1100);
        append(NODE, given);

        Map<UUID, Turn> turns = turns(given);
        assertEquals(1100, turns.size());
        assertEquals(Set.of(Turn.NOW), new HashSet<>(turns.values()));
        assertEquals(Map.of(), turns(List.of()));
    }

    @Test
    void thereIsNoTurnForWhatIsNotUnsentOrNotOnesOwn() {
        List<EventEnvelope> given = events(5);
        append(NODE, given);
        EventEnvelope foreign = withKey("foreign");
        append(OTHER_NODE, foreign);
        stored().markDelivered(NODE, Set.of(given.get(0).id()));
        stored().markDead(NODE, given.get(1).id(), 10, "dead");
        stored().markDelayed(NODE, given.get(2).id(), 1, "failed", LATER);
        park("k3");
        stored().shelve(NODE, CHANNEL, "k3", Shelf.PARKED, Set.of());

        List<EventEnvelope> asked = new ArrayList<>(given);
        asked.add(foreign);
        asked.add(withKey("never stored"));
        assertEquals(Map.of(given.get(4).id(), Turn.NOW), turns(asked));
    }

    @Test
    void whatFollowsADelayedEventIsToWait() {
        List<EventEnvelope> given = sameKey(2);
        append(NODE, given);

        assertTrue(stored().markDelayed(NODE, given.get(0).id(), 1, "failed", LATER));
        assertEquals(List.of(given.get(1).id()), storedIds(unsent(NODE)));
        assertEquals(
                Map.of(given.get(1).id(), after(given.get(0), Turn.Kind.AFTER_WAITING)), turns(List.of(given.get(1))));
    }

    @Test
    void whatFollowsADeadEventIsToWaitIfThatBlocks() {
        assertEquals(Turn.Kind.AFTER_WAITING, kindAfterDead(WhenDead.BLOCK));
    }

    @Test
    void whatFollowsADeadEventIsToBeParkedIfThatParks() {
        assertEquals(Turn.Kind.AFTER_PARKED, kindAfterDead(WhenDead.PARK));
    }

    @Test
    void whatFollowsADeadEventGoesOnIfThatIsSkipped() {
        assertEquals(Turn.Kind.NOW, kindAfterDead(WhenDead.SKIP));
    }

    @Test
    void whatFollowsADeadEventWithoutOrderGoesOn() {
        EventEnvelope dead = unordered("key");
        EventEnvelope follower = event();
        append(NODE, dead, follower);
        stored().markDead(NODE, dead.id(), 10, "dead");

        assertEquals(Map.of(follower.id(), Turn.NOW), turns(List.of(follower)));
    }

    @Test
    void aDeadEventIsNoLongerUnsentAndDoesNotDieTwice() {
        EventEnvelope given = event();
        append(NODE, given);

        assertTrue(stored().markDead(NODE, given.id(), 10, "too large"));
        assertEquals(NONE, unsent(NODE));
        assertFalse(stored().markDead(NODE, given.id(), 11, "too large"));
        assertFalse(stored().markDelayed(NODE, given.id(), 11, "too large", LATER));
        assertEquals(0, stored().takeDue(NODE, CHANNEL, 10));
    }

    @Test
    void anAcknowledgementIsNotedWhateverTheEventWaitsFor() {
        List<EventEnvelope> given = events(5);
        append(NODE, given);
        stored().markDead(NODE, given.get(1).id(), 10, "dead");
        stored().markDelayed(NODE, given.get(2).id(), 1, "failed", LATER);
        park("k3");
        stored().shelve(NODE, CHANNEL, "k3", Shelf.PARKED, Set.of());
        stored().shelve(NODE, CHANNEL, "k4", Shelf.WAITING, Set.of());
        EventEnvelope skipped = Events.event("k5", WhenDead.SKIP);
        append(NODE, skipped);
        stored().markDead(NODE, skipped.id(), 10, "dead");
        assertEquals(1, stored().markDelivered(NODE, Set.of(skipped.id())));

        assertEquals(0, stored().markDelivered(OTHER_NODE, ids(given.subList(0, 1))));
        assertEquals(0, stored().removeDelivered(OTHER_NODE, ids(given.subList(0, 1))));
        assertEquals(1, stored().markDelivered(OTHER_NODE, ids(given.subList(0, 2))), "what waits is nobody's");
        assertEquals(2, stored().markDelivered(NODE, ids(given.subList(0, 3))));
        assertEquals(2, stored().removeDelivered(NODE, ids(given)));
        assertEquals(4, stored().clean(NODE, Duration.ofHours(-1), 10));
    }

    @Test
    void aDelayedEventComesBackWithItsAttemptsWhenItsTimeHasCome() {
        List<EventEnvelope> given = List.of(event(), event());
        append(NODE, given);
        stored().markDelayed(NODE, given.get(0).id(), 3, "failed", AT_ONCE);
        stored().markDelayed(NODE, given.get(1).id(), 1, "failed", LATER);
        assertEquals(NONE, unsent(NODE));

        await().until(() -> stored().takeDue(NODE, CHANNEL, 10) == 1);
        assertEquals(List.of(given.get(0).id()), storedIds(unsent(NODE)));
        assertEquals(3, unsent(NODE).events().get(0).attempts());
        assertEquals(0, stored().takeDue(NODE, CHANNEL, 10));
    }

    @Test
    void whoTakesADelayedEventOwnsIt() {
        EventEnvelope given = event();
        append(NODE, given);
        stored().markDelayed(NODE, given.id(), 1, "failed", Duration.ofSeconds(-1));

        assertEquals(0, stored().takeDue(STRANGER, CHANNEL, 10));
        assertEquals(0, stored().takeDue(OTHER_NODE, "invoices", 10));
        assertEquals(1, stored().takeDue(OTHER_NODE, CHANNEL, 10));
        assertEquals(List.of(given.id()), storedIds(unsent(OTHER_NODE)));
        assertEquals(0, stored().markDelivered(NODE, Set.of(given.id())));
        assertEquals(1, stored().markDelivered(OTHER_NODE, Set.of(given.id())));
    }

    @Test
    void dueEventsAreTakenUpToTheLimit() {
        List<EventEnvelope> given = events(7);
        append(NODE, given);
        given.forEach(event -> stored().markDelayed(NODE, event.id(), 1, "failed", Duration.ofSeconds(-1)));

        assertEquals(4, stored().takeDue(NODE, CHANNEL, 4));
        assertEquals(3, stored().takeDue(NODE, CHANNEL, 4));
    }

    @Test
    void whatIsShelvedIsNoLongerUnsentAndStillComesBeforeItsFollowers() {
        List<EventEnvelope> waiting = sameKey(3);
        append(NODE, waiting);
        append(NODE, withKey("other"));
        assertEquals(3, stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of()));
        assertEquals(0, stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of()));
        assertEquals(1, unsent(NODE).events().size());

        EventEnvelope follower = event();
        append(OTHER_NODE, follower);
        assertEquals(
                Map.of(follower.id(), after(waiting.get(2), Turn.Kind.AFTER_WAITING)),
                stored().turns(OTHER_NODE, Set.of(follower.id()), Set.of()));
    }

    @Test
    void whatComesAfterAnUnsentEventIsShelvedWithoutIt() {
        List<EventEnvelope> given = sameKey(5);
        append(NODE, given);
        append(NODE, unordered("key"));
        append(NODE, withKey("other"));
        append(OTHER_NODE, event());
        UUID held = given.get(1).id();
        Set<UUID> delivered = Set.of(given.get(3).id());

        assertEquals(2, stored().shelveBehind(NODE, CHANNEL, "key", held, delivered));
        assertEquals(0, stored().shelveBehind(NODE, CHANNEL, "key", held, delivered));
        assertEquals(5, unsent(NODE).events().size());
        assertEquals(1, unsent(OTHER_NODE).events().size());
        assertEquals(Set.of("key"), stored().release(NODE, CHANNEL, Set.of("key")), "the held one comes before them");
        assertEquals(5, unsent(NODE).events().size());
    }

    @Test
    void nothingIsShelvedBehindOneThatIsNotUnsent() {
        List<EventEnvelope> given = sameKey(2);
        append(NODE, given);
        UUID first = given.get(0).id();
        stored().markDelivered(NODE, Set.of(first));

        assertEquals(0, stored().shelveBehind(NODE, CHANNEL, "key", first, Set.of()));
        assertEquals(1, unsent(NODE).events().size());
    }

    @Test
    void onlyOnesOwnOrderedUndeliveredEventsAreShelved() {
        List<EventEnvelope> given = sameKey(2);
        append(NODE, given);
        append(NODE, unordered("key"));
        append(NODE, Events.on("invoices"));
        append(OTHER_NODE, event());
        append(STRANGER, event());
        park("key");

        assertEquals(
                1,
                stored().shelve(
                                NODE,
                                CHANNEL,
                                "key",
                                Shelf.PARKED,
                                Set.of(given.get(0).id())));
        assertEquals(2, unsent(NODE).events().size());
        assertEquals(1, unsent(OTHER_NODE).events().size());
        assertEquals(1, unsent(STRANGER).events().size());
    }

    @Test
    void whatFollowsIsParkedOnlyAsLongAsItsKeyIs() {
        EventEnvelope follower = event();
        append(NODE, follower);
        append(NODE, withKey("other"));
        park("other");

        assertEquals(0, stored().shelve(NODE, CHANNEL, "key", Shelf.PARKED, Set.of()));
        assertEquals(2, unsent(NODE).events().size());
        park("key");
        assertEquals(1, stored().shelve(NODE, CHANNEL, "key", Shelf.PARKED, Set.of()));
        assertEquals(1, unsent(NODE).events().size());
    }

    @Test
    void manyAreShelvedFromTheFirstOnInBoundedNumbers() {
        List<EventEnvelope> given = sameKey(2500);
        append(NODE, given);

        int first = stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());
        assertTrue(first > 0 && first < 2500, String.valueOf(first));
        assertEquals(ids(given.subList(first, 2500)), storedIds(unsent(NODE)));
        int all = first;
        int more = first;
        while (more > 0) {
            more = stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());
            all += more;
        }
        assertEquals(2500, all);
        assertEquals(NONE, unsent(NODE));
    }

    @Test
    void waitingKeysAreListedInAnOrderThatOneCanGoOnIn() {
        List<String> keys = IntStream.range(0, 450).mapToObj(i -> "key " + i).toList();
        for (String key : keys) {
            append(NODE, withKey(key), withKey(key));
            stored().shelve(NODE, CHANNEL, key, Shelf.WAITING, Set.of());
        }
        append(NODE, Events.on("invoices"), withKey("unsent"), withKey("parked"));
        stored().shelve(NODE, "invoices", "key", Shelf.WAITING, Set.of());
        park("parked");
        stored().shelve(NODE, CHANNEL, "parked", Shelf.PARKED, Set.of());

        List<String> found = new ArrayList<>();
        List<String> page = stored().waitingKeys(OTHER_NODE, CHANNEL, "", 100);
        while (!page.isEmpty()) {
            assertTrue(page.size() <= 100);
            found.addAll(page);
            page = stored().waitingKeys(OTHER_NODE, CHANNEL, page.get(page.size() - 1), 100);
        }
        assertEquals(sorted(keys), sorted(found));
        assertEquals(List.of(), stored().waitingKeys(STRANGER, CHANNEL, "", 100));
    }

    @Test
    void aKeyWithManyWaitingEventsIsListedOnce() {
        append(NODE, sameKey(1000));
        stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());

        assertEquals(List.of("key"), stored().waitingKeys(NODE, CHANNEL, "", 10));
        assertEquals(List.of(), stored().waitingKeys(NODE, CHANNEL, "key", 10));
    }

    @Test
    void waitingEventsAreReleasedWhenTheOneBeforeThemIsDelivered() {
        List<EventEnvelope> given = sameKey(3);
        append(NODE, given);
        stored().markDelayed(NODE, given.get(0).id(), 1, "failed", LATER);
        stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());

        assertEquals(Set.of("key"), stored().release(OTHER_NODE, CHANNEL, List.of("key")));
        assertEquals(NONE, unsent(OTHER_NODE));

        stored().markDelivered(NODE, Set.of(given.get(0).id()));
        assertEquals(Set.of(), stored().release(OTHER_NODE, CHANNEL, List.of("key")));
        assertEquals(ids(given.subList(1, 3)), storedIds(unsent(OTHER_NODE)));
        assertEquals(List.of(), stored().waitingKeys(NODE, CHANNEL, "", 10));
    }

    @Test
    void nothingIsReleasedBehindAnUnsentEvent() {
        EventEnvelope first = event();
        append(NODE, first);
        append(OTHER_NODE, event());
        stored().shelve(OTHER_NODE, CHANNEL, "key", Shelf.WAITING, Set.of());

        assertEquals(Set.of("key"), stored().release(NODE, CHANNEL, List.of("key")));
        stored().markDelivered(NODE, Set.of(first.id()));
        assertEquals(Set.of(), stored().release(NODE, CHANNEL, List.of("key")));
    }

    @Test
    void whatWaitsBehindADeadEventStaysWhenOthersBeforeItAreReleased() {
        List<EventEnvelope> before = sameKey(2);
        EventEnvelope dead = event();
        EventEnvelope behind = event();
        append(NODE, before);
        stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());
        append(NODE, dead);
        stored().markDead(NODE, dead.id(), 10, "dead");
        append(NODE, behind);
        stored().shelve(NODE, CHANNEL, "key", Shelf.WAITING, Set.of());

        assertEquals(Set.of("key"), stored().release(NODE, CHANNEL, List.of("key")));
        assertEquals(ids(before), storedIds(unsent(NODE)));
    }

    @Test
    void parkedEventsAreNotReleased() {
        append(NODE, sameKey(2));
        park("key");
        stored().shelve(NODE, CHANNEL, "key", Shelf.PARKED, Set.of());

        assertEquals(Set.of(), stored().release(NODE, CHANNEL, List.of("key")));
        assertEquals(NONE, unsent(NODE));
    }

    @Test
    void manyKeysAreReleasedAtOnceAndLongOnesInBoundedNumbers() {
        List<String> keys = IntStream.range(0, 150).mapToObj(i -> "k" + i).toList();
        append(NODE, events(150));
        append(NODE, IntStream.range(0, 2500).mapToObj(i -> withKey("k0")).toList());
        for (String key : keys) {
            while (stored().shelve(NODE, CHANNEL, key, Shelf.WAITING, Set.of()) > 0) {}
        }

        List<String> asked = Stream.concat(keys.stream(), Stream.of("unknown")).toList();
        assertEquals(Set.of("k0"), stored().release(NODE, CHANNEL, asked));
        Unsent released = unsent(NODE);
        assertTrue(released.events().size() > 150 && released.events().size() < 2650);
        assertEquals(
                Turn.NOW,
                stored().turns(NODE, storedIds(released), Set.of())
                        .get(storedIds(released).get(0)));

        // The rest follows when those are done.
        assertEquals(Set.of("k0"), stored().release(NODE, CHANNEL, asked));
        int total = 0;
        while (!unsent(NODE).events().isEmpty()) {
            total += stored().markDelivered(NODE, storedIds(unsent(NODE)));
            stored().release(NODE, CHANNEL, asked);
        }
        assertEquals(2650, total);
    }

    @Test
    void whatIsGivenUpIsForOtherNodesToAdopt() {
        nodes().join(NODE, "a");
        nodes().join(OTHER_NODE, "b");
        List<EventEnvelope> given = events(3);
        append(NODE, given);
        append(NODE, Events.on("invoices"));
        stored().markDelivered(NODE, Set.of(given.get(0).id()));

        while (stored().giveUp(NODE, CHANNEL) > 0) {}
        assertEquals(NONE, unsent(NODE));
        assertEquals(0, stored().markDelivered(NODE, ids(given)));
        assertEquals(Set.of(CHANNEL), stored().adopt(OTHER_NODE, Set.of(CHANNEL, "invoices")));
        assertEquals(ids(given.subList(1, 3)), storedIds(unsent(OTHER_NODE)));
        assertEquals(
                1,
                stored().unsent(NODE, "invoices", 0, Set.of(), Set.of(), 10, NO_BOUND)
                        .events()
                        .size());
    }

    /** Something of the key is dead, and waits for an operator. */
    private void park(String key) {
        EventEnvelope dead = Events.event(key, WhenDead.PARK);
        append(NODE, dead);
        assertTrue(stored().markDead(NODE, dead.id(), 10, "dead"));
    }

    private Map<UUID, Turn> turns(Collection<EventEnvelope> events) {
        return stored().turns(NODE, ids(events), Set.of());
    }

    private Turn.Kind kindAfterDead(WhenDead whenDead) {
        EventEnvelope dead = whenDead(whenDead);
        EventEnvelope follower = event();
        append(NODE, dead, follower);
        assertTrue(stored().markDead(NODE, dead.id(), 10, "dead"));
        return requireNonNull(turns(List.of(follower)).get(follower.id())).kind();
    }

    private Turn after(EventEnvelope ahead, Turn.Kind kind) {
        return new Turn(stored().number(ahead.id()), kind);
    }

    private static List<EventEnvelope> sameKey(int count) {
        return IntStream.range(0, count).mapToObj(i -> event()).toList();
    }

    private static List<String> sorted(Collection<String> keys) {
        List<String> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        return sorted;
    }
}
