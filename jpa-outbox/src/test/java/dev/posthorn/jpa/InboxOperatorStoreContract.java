package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.CHANNEL;
import static dev.posthorn.jpa.Inbox.CONSUMER;
import static dev.posthorn.jpa.Inbox.event;
import static dev.posthorn.jpa.Inbox.id;
import static dev.posthorn.jpa.Inbox.message;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.ReceivedMessage;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxOperatorStore.Overdue;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Kept;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What operators may rely on, beside what the inbox itself promises. */
public abstract class InboxOperatorStoreContract extends InboxStoreContract {

    private static final Duration FAR = Duration.ofHours(1);

    /** No condition. */
    static final Set<ReceivedState> ALL = EnumSet.allOf(ReceivedState.class);

    /** Those that an entry can be brought into. */
    private static final Set<ReceivedState> KNOWN = EnumSet.complementOf(EnumSet.of(ReceivedState.UNKNOWN));

    private static final Set<ReceivedState> UNHANDLED =
            EnumSet.complementOf(EnumSet.of(ReceivedState.HANDLED, ReceivedState.DISCARDED, ReceivedState.UNKNOWN));

    protected abstract InboxOperatorStore operators();

    @Test
    void theOperatorsClockIsThatOfTheDatabase() {
        Duration difference =
                Duration.between(operators().time(), Instant.now()).abs();

        assertTrue(difference.compareTo(Duration.ofMinutes(1)) < 0, difference::toString);
    }

    @Test
    void countsAreByChannelAndByStateAsUsersSeeIt() {
        for (ReceivedState state : KNOWN) {
            in(state);
        }
        in(ReceivedState.DEAD);
        dead(event("blocked", WhenDead.BLOCK));
        admit(event(id(), "invoices", null, WhenDead.BLOCK));
        admit(event(new InboxId("other", "/shop", "1"), CHANNEL, null, WhenDead.BLOCK));

        assertEquals(
                List.of(
                        "orders-in DUE 1",
                        "orders-in DELAYED 1",
                        "orders-in WAITING 1",
                        "orders-in DEAD 4",
                        "orders-in PARKED 1",
                        "invoices HANDLED 1",
                        "orders-in HANDLED 1",
                        "orders-in DISCARDED 1"),
                operators().counts(CONSUMER, ReceivedFilter.all()).stream()
                        .map(count -> count.channel() + " " + count.state() + " " + count.count())
                        .toList());
        assertEquals(8, count(ReceivedFilter.unhandled()));
        Duration oldest =
                operators().counts(CONSUMER, ReceivedFilter.all()).get(0).oldest();
        assertTrue(!oldest.isNegative() && oldest.toMinutes() < 1, oldest::toString);
    }

    @Test
    void idsOfReceivedEventsCanBeCounted() {
        InboxEvent dead = in(ReceivedState.DEAD);
        InboxEvent handled = in(ReceivedState.HANDLED);
        in(ReceivedState.DEAD);
        ReceivedFilter both = only(dead, handled, event());

        assertEquals(2, count(both));
        assertEquals(1, count(both.states(ReceivedState.DEAD)));
    }

    @Test
    void everyConditionOfAFilterCounts() {
        InboxEvent one = new InboxEvent(id(), "invoices", "Paid", "k1", WhenDead.BLOCK);
        admit(one);
        Instant then = summary(one).received();
        Instant settled = settled(one);
        awaitLaterThan(then);
        in(ReceivedState.HANDLED);
        in(ReceivedState.DEAD);
        List<ReceivedFilter> matching = List.of(
                only(one),
                ReceivedFilter.all().channel("invoices"),
                ReceivedFilter.all().type("Paid"),
                ReceivedFilter.all().key("k1"),
                ReceivedFilter.all().received(null, then.plusMillis(1)),
                ReceivedFilter.all().settled(settled, settled.plusMillis(1)),
                only(one).settled(settled, null).received(then, null),
                ReceivedFilter.all()
                        .states(ReceivedState.HANDLED, ReceivedState.DISCARDED)
                        .channel("invoices")
                        .type("Paid"));
        for (ReceivedFilter filter : matching) {
            assertEquals(List.of(one.id()), listed(filter, 10), filter::toString);
            assertEquals(1, count(filter), filter::toString);
        }
        List<ReceivedFilter> others = List.of(
                ReceivedFilter.all().channel("Invoices"),
                ReceivedFilter.all().type("paid"),
                ReceivedFilter.all().key("K1"),
                ReceivedFilter.all().received(null, then),
                ReceivedFilter.all().settled(null, settled),
                only(one).settled(null, settled),
                only(one).states(ReceivedState.DEAD),
                only(one).channel(CHANNEL));
        for (ReceivedFilter filter : others) {
            assertEquals(List.of(), listed(filter, 10), filter::toString);
            assertEquals(0, count(filter), filter::toString);
        }
    }

    @Test
    void listsGoStateByStatePageByPage() {
        List<InboxId> handled = new ArrayList<>();
        for (String channel : List.of("a", "b", CHANNEL)) {
            for (int i = 0; i < 3; i++) {
                InboxEvent event = event(id(), channel, null, WhenDead.BLOCK);
                admit(event);
                handled.add(event.id());
            }
        }
        List<InboxId> dead = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            dead.add(in(ReceivedState.DEAD).id());
        }
        InboxId due = in(ReceivedState.DUE).id();

        List<InboxId> all = new ArrayList<>(List.of(due));
        all.addAll(dead);
        all.addAll(handled);
        for (int limit : new int[] {1, 2, 4, 100}) {
            assertEquals(all, listed(ReceivedFilter.all(), limit));
        }
        assertEquals(handled.subList(3, 6), listed(ReceivedFilter.all().channel("b"), 2));
        assertEquals(
                Set.copyOf(dead),
                Set.copyOf(listed(
                        ReceivedFilter.all()
                                .ids(dead.stream().map(Inbox::received).toList()),
                        2)));
        assertThrows(IllegalArgumentException.class, () -> operators()
                .list(CONSUMER, ReceivedFilter.all(), "somewhere", 10));
    }

    @Test
    void everythingAboutAKeptEventCanBeSeen() {
        InboxEvent event = event("key", WhenDead.PARK);
        keep(event);
        Due due = onlyDue();
        inTransaction(() -> store().advance(due.id(), due.version(), List.of("a", "b"), NOW));
        store().compensate(due.id(), due.version() + 1, "first");
        store().delay(due.id(), due.version() + 2, 2, "failed", FAR);

        ReceivedDetails details = operators().find(event.id()).orElseThrow();
        ReceivedSummary summary = details.summary();
        ReceivedMessage message = details.message().orElseThrow();

        assertEquals(Inbox.received(event.id()), summary.id());
        assertEquals(ReceivedState.DELAYED, summary.state());
        assertFalse(summary.blocks());
        assertEquals("OrderPlaced", summary.type());
        assertEquals(CHANNEL, summary.channel());
        assertEquals("key", summary.key());
        assertEquals(WhenDead.PARK, summary.whenDead());
        assertEquals(1, summary.size());
        assertEquals(2, summary.attempts());
        assertEquals("failed", summary.error());
        assertTrue(Duration.between(summary.received(), summary.due()).toMinutes() >= 59, summary::toString);
        assertNull(summary.settled());
        assertEquals(List.of("a", "b"), details.finished());
        assertTrue(details.compensating());
        assertEquals(message().attributes(), message.attributes());
        assertEquals(message().position(), message.position());
        assertArrayEquals(message().data(), message.data());
        assertEquals(new String(message().data(), StandardCharsets.UTF_8), message.text());
        assertEquals(
                summary,
                operators()
                        .list(CONSUMER, ReceivedFilter.all(), null, 10)
                        .events()
                        .get(0));
    }

    @Test
    void ofWhatWasHandledAtOnceTheMessageIsNotKept() {
        InboxEvent event = in(ReceivedState.HANDLED);

        ReceivedDetails details = operators().find(event.id()).orElseThrow();

        assertEquals(Optional.empty(), details.message());
        assertEquals(0, details.summary().size());
        assertNotNull(details.summary().settled());
        assertNull(details.summary().due());
        assertEquals(
                Optional.empty(),
                operators()
                        .find(new InboxId(
                                "other", event.id().source(), event.id().id())));
    }

    @Test
    void aLongIdIsFoundAsItCameAndAsItIsStored() {
        InboxId id = new InboxId(CONSUMER, "/shop", "x".repeat(300));
        admit(event(id));

        InboxId stored = listed(ReceivedFilter.all(), 10).get(0);

        assertTrue(operators().find(id).isPresent());
        assertTrue(operators().find(stored).isPresent());
        assertEquals(1, forget(List.of(id)));
    }

    @Test
    void whatIsRequeuedHasAllAttemptsBeforeIt() {
        for (ReceivedState state : List.of(ReceivedState.DEAD, ReceivedState.DELAYED, ReceivedState.DISCARDED)) {
            InboxEvent event = in(state);
            int version = 1;

            assertEquals(1, requeue(List.of(event.id())), state::toString);
            Due due = onlyDue();
            assertEquals(event.id(), due.id());
            assertTrue(due.version() >= version);
            assertEquals(0, store().read(due.id(), due.version()).orElseThrow().attempts());
            finish(due);
        }
    }

    @Test
    void whatHasAKeyWaitsUntilItIsReleasedInItsTurn() {
        InboxEvent dead = event("key", WhenDead.BLOCK);
        InboxEvent after = event("key");
        dead(dead);
        keep(after);

        assertEquals(1, requeue(List.of(dead.id())));
        assertEquals(List.of(), due());
        assertEquals(ReceivedState.WAITING, state(dead));
        assertTrue(release("key"));
        assertEquals(dead.id(), onlyDue().id());
        finish(onlyDue());
        assertTrue(release("key"));
        assertEquals(after.id(), onlyDue().id());
    }

    @Test
    void theFirstOneGoesOnAlthoughLaterOnesAreHeld() {
        InboxEvent first = event("key", WhenDead.PARK);
        InboxEvent second = event("key");
        keep(first, second);
        operators().park(CONSUMER, CHANNEL, "key", 10);

        assertEquals(1, requeue(List.of(second.id())));
        assertFalse(release("key"), "the first one is parked");
        assertEquals(1, requeue(List.of(first.id())));
        operators().park(CONSUMER, CHANNEL, "key", 10);
        requeue(List.of(first.id()));
        assertTrue(release("key"), "only the second one is parked");
        assertEquals(first.id(), onlyDue().id());
    }

    @Test
    void whatIsOnItsWayIsNotRequeued() {
        List<InboxId> ids = new ArrayList<>();
        for (ReceivedState state : List.of(ReceivedState.DUE, ReceivedState.WAITING, ReceivedState.HANDLED)) {
            ids.add(in(state).id());
        }
        ids.add(id());

        assertEquals(0, requeue(ids));
    }

    @Test
    void whatWasMadeUpForShowsTheAttemptsToHandleIt() {
        InboxEvent event = event("key", WhenDead.BLOCK);
        keep(event);
        InboxId id = event.id();
        inTransaction(() -> store().advance(id, 0, List.of("a"), NOW));
        store().delay(id, 1, 2, "failed", NOW);
        store().compensate(id, 2, "failed for the third time");
        store().delay(id, 3, 1, "not compensated yet", NOW);
        inTransaction(() -> store().advance(id, 4, List.of(), NOW));
        assertTrue(store().bury(id, 5, 0, "failed for the third time"));

        ReceivedSummary summary = operators().find(id).orElseThrow().summary();
        assertEquals(ReceivedState.DEAD, summary.state());
        assertEquals(3, summary.attempts());
    }

    @Test
    void whatWasMadeUpForIsHandledFromItsFirstHandlerOn() {
        InboxEvent madeUp = compensating("made-up", List.of());
        InboxEvent failed = compensating("failed", List.of("a"));

        assertEquals(2, requeue(List.of(madeUp.id(), failed.id())));
        release("made-up");
        release("failed");

        assertFalse(entryOf("made-up").compensating());
        assertTrue(entryOf("failed").compensating());
        assertEquals(List.of("a"), entryOf("failed").finished());
        assertEquals(0, entryOf("failed").attempts());
    }

    @Test
    void whoHasSeenItBeforeCannotChangeIt() {
        InboxEvent event = event("key");
        keep(event);
        Due seen = onlyDue();
        operators().park(CONSUMER, CHANNEL, "key", 10);
        operators().release(CONSUMER, CHANNEL, "key", 10);
        release("key");

        assertFalse(inTransaction(() -> store().claim(seen.id(), seen.version())));
        assertFalse(store().delay(seen.id(), seen.version(), 1, "failed", NOW));
        assertFalse(store().bury(seen.id(), seen.version(), 1, "failed"));
        assertTrue(onlyDue().version() > seen.version());
    }

    @Test
    void whatHandlersAreWorkingOnIsLeftAlone() {
        InboxEvent event = event();
        keep(event);
        store().delay(event.id(), 0, 1, "failed", NOW);
        InboxEvent other = in(ReceivedState.DEAD);
        List<InboxId> both = List.of(event.id(), other.id());

        inTransaction(() -> {
            assertTrue(store().claim(event.id(), 1));
            assertEquals(1, requeue(both));
            assertEquals(1, discard(both));
            assertTrue(store().finish(event.id(), 1));
            return true;
        });
        assertEquals(ReceivedState.HANDLED, state(event));
    }

    @Test
    void whatIsSkippedStaysDeadAndNobodyWaitsForIt() {
        InboxEvent dead = event("key", WhenDead.BLOCK);
        InboxEvent after = event("key");
        dead(dead);
        keep(after);

        assertEquals(1, skip(List.of(dead.id(), after.id())));
        assertTrue(release("key"));
        assertEquals(after.id(), onlyDue().id());
        assertEquals(ReceivedState.DEAD, state(dead));
        assertFalse(summary(dead).blocks());
        assertEquals(1, requeue(List.of(dead.id())));
    }

    @Test
    void whatIsDiscardedIsGivenUpAndKnown() {
        for (ReceivedState state : UNHANDLED) {
            InboxEvent event = in(state);
            assertEquals(1, discard(List.of(event.id())), state::toString);
            assertEquals(ReceivedState.DISCARDED, state(event));
            assertNotNull(summary(event).settled());
            assertEquals(Admission.KNOWN, admit(event));
        }
        assertEquals(0, discard(List.of(in(ReceivedState.HANDLED).id())));
    }

    @Test
    void whatIsForgottenIsNewAgain() {
        for (ReceivedState state : List.of(ReceivedState.HANDLED, ReceivedState.DISCARDED)) {
            InboxEvent event = in(state);
            assertEquals(1, forget(List.of(event.id())), state::toString);
            assertEquals(Admission.NEW, admit(event));
        }
        for (ReceivedState state : UNHANDLED) {
            assertEquals(0, forget(List.of(in(state).id())), state::toString);
        }
    }

    @Test
    void aKeyIsParkedAndReleasedInItsOrder() {
        List<InboxEvent> events = List.of(event("key", WhenDead.BLOCK), event("key"), event("key"), event("key"));
        dead(events.get(0));
        events.subList(1, 4).forEach(this::keep);
        keep(event("other"));

        assertEquals(3, operators().park(CONSUMER, CHANNEL, "key", 3));
        assertEquals(1, operators().park(CONSUMER, CHANNEL, "key", 3));
        assertEquals(0, operators().park(CONSUMER, CHANNEL, "key", 3));
        assertEquals(0, operators().park("nobody", CHANNEL, "other", 3));
        assertEquals(Kept.WAITING, keep(event("key")));
        assertFalse(release("key"));
        assertEquals("other", onlyDue().key());

        assertEquals(3, operators().release(CONSUMER, CHANNEL, "key", 3));
        assertEquals(1, operators().release(CONSUMER, CHANNEL, "key", 3));
        assertEquals(0, operators().release(CONSUMER, CHANNEL, "key", 3));
        for (InboxEvent event : events) {
            assertTrue(release("key"));
            Due due = due().stream()
                    .filter(each -> "key".equals(each.key()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(event.id(), due.id());
            assertEquals(0, store().read(due.id(), due.version()).orElseThrow().attempts());
            finish(due);
        }
    }

    @Test
    void whatIsOverdueIsToldForEachChannel() {
        Instant before = operators().time();
        keep(event(), event(id(), "invoices", null, WhenDead.BLOCK));
        InboxEvent delayed = in(ReceivedState.DELAYED);
        store().keep(event(id(), "later", null, WhenDead.BLOCK), message(), FAR, 0, null);
        in(ReceivedState.DEAD);
        awaitLaterThan(operators().time());

        List<Overdue> overdue = operators().overdue(CONSUMER);

        assertEquals(
                List.of("invoices", CHANNEL),
                overdue.stream().map(Overdue::channel).toList());
        Duration most = Duration.between(before, operators().time());
        overdue.forEach(each -> assertTrue(!each.age().isZero() && each.age().compareTo(most) <= 0, overdue::toString));
        assertEquals(ReceivedState.DELAYED, state(delayed));
        assertEquals(List.of(), operators().overdue("other"));
    }

    @Test
    void theDeadAreCountedUpToALimit() {
        for (int i = 0; i < 3; i++) {
            in(ReceivedState.DEAD);
            dead(event("key" + i, WhenDead.BLOCK));
        }
        in(ReceivedState.DISCARDED);

        assertEquals(new Held(6, 0, 0), operators().held(CONSUMER, 100));
        assertEquals(new Held(4, 0, 0), operators().held(CONSUMER, 4));
        assertEquals(new Held(0, 0, 0), operators().held("other", 4));
    }

    @Test
    void whatWaitsForTheDeadIsCountedToo() {
        in(ReceivedState.WAITING);
        in(ReceivedState.WAITING);
        in(ReceivedState.PARKED);
        in(ReceivedState.DUE);
        in(ReceivedState.DELAYED);

        assertEquals(new Held(2, 2, 1), operators().held(CONSUMER, 100));
        assertEquals(new Held(1, 1, 1), operators().held(CONSUMER, 1));
    }

    @Test
    void onlyWhatIsInTheStatesThatWereMeantIsChanged() {
        InboxEvent dead = in(ReceivedState.DEAD);
        InboxEvent parked = in(ReceivedState.PARKED);
        InboxEvent discarded = in(ReceivedState.DISCARDED);
        List<InboxId> all = List.of(dead.id(), parked.id(), discarded.id());

        assertEquals(0, operators().requeue(all, Set.of(ReceivedState.DELAYED)));
        assertEquals(0, operators().requeue(all, Set.of(ReceivedState.HANDLED)));
        assertEquals(0, operators().skip(all, Set.of(ReceivedState.DEAD)));
        assertEquals(1, operators().skip(all, Set.of(ReceivedState.PARKED)));
        assertEquals(2, operators().requeue(all, Set.of(ReceivedState.DEAD)));
        assertEquals(1, operators().discard(all, Set.of(ReceivedState.WAITING)));
        assertEquals(0, operators().forget(all, Set.of(ReceivedState.HANDLED)));
        assertEquals(2, operators().forget(all, Set.of(ReceivedState.DISCARDED)));
    }

    private int requeue(Collection<InboxId> ids) {
        return operators().requeue(ids, ALL);
    }

    private int skip(Collection<InboxId> ids) {
        return operators().skip(ids, ALL);
    }

    private int discard(Collection<InboxId> ids) {
        return operators().discard(ids, ALL);
    }

    private int forget(Collection<InboxId> ids) {
        return operators().forget(ids, ALL);
    }

    private InboxEvent compensating(String key, List<String> finished) {
        InboxEvent event = event(key, WhenDead.BLOCK);
        keep(event);
        InboxId id = event.id();
        inTransaction(() -> store().advance(id, 0, List.of("a"), NOW));
        store().compensate(id, 1, "failed");
        inTransaction(() -> store().advance(id, 2, finished, NOW));
        assertTrue(store().bury(id, 3, 10, "dead"));
        return event;
    }

    /** One more event in this state. */
    private InboxEvent in(ReceivedState state) {
        InboxEvent event =
                switch (state) {
                    case WAITING, PARKED -> event("key of " + id().id(), WhenDead.PARK);
                    default -> event();
                };
        switch (state) {
            case DUE -> keep(event);
            case DELAYED -> {
                keep(event);
                store().delay(event.id(), 0, 3, "failed", FAR);
            }
            case WAITING -> {
                dead(event(id(), CHANNEL, event.key(), WhenDead.BLOCK));
                keep(event);
            }
            case DEAD, PARKED -> dead(event);
            case HANDLED -> admit(event);
            case DISCARDED -> {
                keep(event);
                store().giveUp(event.id(), 0, 1, "not wanted");
            }
        }
        assertEquals(state, state(event));
        return event;
    }

    private void dead(InboxEvent event) {
        assertEquals(Kept.DEAD, store().keepDead(event, message(), 3, "dead"));
    }

    private InboxEntry entryOf(String key) {
        Due due = due().stream()
                .filter(each -> key.equals(each.key()))
                .findFirst()
                .orElseThrow();
        return store().read(due.id(), due.version()).orElseThrow();
    }

    private ReceivedState state(InboxEvent event) {
        return summary(event).state();
    }

    private ReceivedSummary summary(InboxEvent event) {
        return operators().find(event.id()).orElseThrow().summary();
    }

    private Instant settled(InboxEvent event) {
        Instant settled = summary(event).settled();
        assertNotNull(settled);
        return settled;
    }

    private void awaitLaterThan(Instant time) {
        while (!operators().time().isAfter(time)) {
            Thread.onSpinWait();
        }
    }

    private static ReceivedFilter only(InboxEvent... events) {
        return ReceivedFilter.all()
                .ids(Arrays.stream(events)
                        .map(event -> Inbox.received(event.id()))
                        .toList());
    }

    private long count(ReceivedFilter filter) {
        return operators().counts(CONSUMER, filter).stream()
                .mapToLong(each -> each.count())
                .sum();
    }

    /** The whole list, read page by page. */
    private List<InboxId> listed(ReceivedFilter filter, int limit) {
        List<ReceivedSummary> all = new ArrayList<>();
        ReceivedPage page = operators().list(CONSUMER, filter, null, limit);
        all.addAll(page.events());
        while (page.next().isPresent()) {
            page = operators().list(CONSUMER, filter, page.next().get(), limit);
            assertTrue(page.events().size() <= limit);
            all.addAll(page.events());
        }
        return all.stream()
                .map(ReceivedSummary::id)
                .map(InboxOperatorStoreContract::stored)
                .toList();
    }

    private static InboxId stored(ReceivedId id) {
        return new InboxId(CONSUMER, id.source(), id.id());
    }
}
