package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.CHANNEL;
import static dev.posthorn.jpa.Inbox.CONSUMER;
import static dev.posthorn.jpa.Inbox.event;
import static dev.posthorn.jpa.Inbox.message;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.InboxStore.Wanted;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every inbox must keep, told in terms of the SPI alone. */
public abstract class InboxStoreContract {

    static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration ALREADY = Duration.ofHours(-1);

    private static final int MANY = 1000;

    /** Empty at the start of each test. */
    protected abstract InboxStore store();

    /** Commits if and only if the work returns. */
    protected abstract <T> T inTransaction(Supplier<T> work);

    @Test
    void anEventIsNewOnce() {
        InboxEvent given = event("key");

        assertEquals(Admission.NEW, admit(given));
        assertEquals(Admission.KNOWN, admit(given));
    }

    @Test
    void anEventIsKnownAtOnceInItsOwnTransaction() {
        InboxEvent given = event();
        inTransaction(() -> {
            assertEquals(Admission.NEW, store().admit(given));
            return assertAdmission(Admission.KNOWN, given);
        });
    }

    @Test
    void anEventWhoseTransactionFailedIsNewAgain() {
        InboxEvent given = event("key");
        assertThrows(
                IllegalStateException.class,
                () -> inTransaction(() -> {
                    store().admit(given);
                    throw new IllegalStateException("rolled back");
                }));

        assertEquals(Admission.NEW, admit(given));
    }

    @Test
    void aRepetitionDoesNotEndTheTransaction() {
        InboxEvent known = event();
        InboxEvent other = event();
        admit(known);
        inTransaction(() -> {
            store().admit(known);
            return store().admit(other);
        });

        assertEquals(Admission.KNOWN, admit(other));
    }

    @Test
    void consumerSourceAndIdTellEventsApart() {
        admit(event(new InboxId("a", "b", "c")));

        assertEquals(Admission.NEW, admit(event(new InboxId("x", "b", "c"))));
        assertEquals(Admission.NEW, admit(event(new InboxId("a", "x", "c"))));
        assertEquals(Admission.NEW, admit(event(new InboxId("a", "b", "x"))));
        assertEquals(Admission.NEW, admit(event(new InboxId("A", "b", "c"))));
        assertEquals(Admission.NEW, admit(event(new InboxId("a", "b", "c "))));
        assertEquals(Admission.KNOWN, admit(event(new InboxId("a", "b", "c"))));
    }

    @Test
    void idsMayBeLongAndHaveAnyCharacters() {
        String common = "ä".repeat(5000);
        assertEquals(Admission.NEW, admit(event(new InboxId(CONSUMER, common, common + "1"))));
        assertEquals(Admission.NEW, admit(event(new InboxId(CONSUMER, common, common + "2"))));
        assertEquals(Admission.KNOWN, admit(event(new InboxId(CONSUMER, common, common + "1"))));

        assertEquals(Admission.NEW, admit(event(new InboxId(CONSUMER, "🔑 \0 ?1 :x '", ""))));
        assertEquals(Admission.NEW, admit(event(new InboxId(CONSUMER, "🔑   ?1 :x '", ""))));
        assertEquals(Admission.KNOWN, admit(event(new InboxId(CONSUMER, "🔑 \0 ?1 :x '", ""))));
    }

    /** Halves of characters, as JSON can have them: a driver writes the same question mark for each. */
    @Test
    void idsWithHalvesOfCharactersStayApart() {
        for (String id : List.of("sur\ud800", "sur\udfff", "sur?", "sur\ufffd", "sur\ud83d\udd11", "sur\udd11\ud83d")) {
            assertEquals(Admission.NEW, admit(event(new InboxId(CONSUMER, "/shop", id))), id);
            assertEquals(Admission.NEW, admit(event(new InboxId(CONSUMER, id, "1"))), id);
            assertEquals(Admission.KNOWN, admit(event(new InboxId(CONSUMER, "/shop", id))), id);
            assertEquals(Admission.KNOWN, admit(event(new InboxId(CONSUMER, id, "1"))), id);
        }
    }

    @Test
    void keysWithHalvesOfCharactersStayApart() {
        keep(event("sur\ud800"));
        assertEquals(Kept.DUE, keep(event("sur\udfff")));
        assertEquals(Kept.WAITING, keep(event("sur\ud800")));
        assertEquals(Kept.DUE, keep(event("sur?")));
    }

    @Test
    void anythingMayBeKeptThatCannotBeRead() {
        String strange = "\0 ä 🔑 ?1 :x '\"\\ \n";
        InboxEvent given = new InboxEvent(
                new InboxId(CONSUMER, strange.repeat(100), strange), CHANNEL, strange, strange, WhenDead.BLOCK);
        IncomingMessage message = new IncomingMessage(
                CHANNEL, Map.of(strange, strange), Map.of(strange, strange), strange, strange, strange, new byte[0]);

        assertEquals(Kept.DUE, store().keep(given, message, NOW, 1, strange));
        assertEquals(Kept.KNOWN, store().keep(given, message, NOW, 1, strange));
        assertSame(message, claim(onlyDue()).message());
        assertEquals(Kept.WAITING, keep(event(strange)));
        assertEquals(1, store().waitingKeys(CONSUMER, CHANNEL, "", 10).size());
        finish(onlyDue());
        assertTrue(store().release(CONSUMER, CHANNEL, strange));
    }

    @Test
    void whatIsKeptComesBackAsItWasGiven() {
        InboxEvent given = new InboxEvent(
                new InboxId(CONSUMER, "/läden/1?a=b&c=:d", "ключ 'x' \"y\" \\z ?1 :name 鍵 🔑"),
                CHANNEL,
                "Änderung",
                "鍵",
                WhenDead.PARK);
        IncomingMessage message = new IncomingMessage(
                CHANNEL,
                Map.of("type", "Änderung", "time", "2026-03-04T05:06:07.123456789Z"),
                Map.of("", "empty name", "empty", "", "quoted \"\\", "\"\\/{}[],:", "control", "\0\1\n\u001f"),
                "application/json; charset=utf-8",
                "",
                "orders/0/17",
                new byte[] {0, -1, 127, -128});
        assertEquals(Kept.DUE, store().keep(given, message, NOW, 3, "it failed"));

        InboxEntry entry = claim(onlyDue());
        assertEquals(given, entry.event());
        assertSame(message, entry.message());
        assertEquals(3, entry.attempts());
        assertEquals("it failed", entry.error());
        assertEquals(List.of(), entry.finished());
        assertFalse(entry.compensating());
    }

    @Test
    void largeMessagesComeBackByteForByte() {
        for (int bytes : new int[] {1 << 20, largestPayload()}) {
            byte[] data = EventStoreContract.random(bytes);
            IncomingMessage message = new IncomingMessage(CHANNEL, Map.of(), Map.of(), null, null, null, data);
            InboxEvent given = event();
            store().keep(given, message, NOW, 0, null);

            Due due = onlyDue();
            assertArrayEquals(data, claim(due).message().data());
            finish(due);
        }
    }

    /** As much as the database takes by default. */
    protected int largestPayload() {
        return 20 << 20;
    }

    @Test
    void whatIsMissingInAMessageComesBackMissing() {
        IncomingMessage message = new IncomingMessage(CHANNEL, Map.of(), Map.of(), null, null, null, new byte[0]);
        store().keep(event(), message, NOW, 0, null);

        InboxEntry entry = claim(onlyDue());
        assertSame(message, entry.message());
        assertNull(entry.event().key());
        assertNull(entry.error());
    }

    @Test
    void aMessageOfFiveMegabytesComesBack() {
        byte[] data = new byte[5 << 20];
        new Random(1).nextBytes(data);
        store().keep(event(), new IncomingMessage(CHANNEL, Map.of(), Map.of(), null, null, null, data), NOW, 0, null);

        assertArrayEquals(data, claim(onlyDue()).message().data());
    }

    @Test
    void whatIsKeptIsKnown() {
        InboxEvent given = event("key");
        assertEquals(Kept.DUE, keep(given));

        assertEquals(Admission.KNOWN, admit(given));
        assertEquals(Kept.KNOWN, keep(given));
        assertEquals(Kept.KNOWN, store().keepDead(given, message(), 1, "failed"));
    }

    @Test
    void whatIsHandledIsNotKept() {
        InboxEvent given = event("key");
        admit(given);

        assertEquals(Kept.KNOWN, keep(given));
        assertEquals(Kept.KNOWN, store().keepDead(given, message(), 1, "failed"));
        assertEquals(List.of(), due());
    }

    @Test
    void whatComesAfterUnfinishedEventsOfItsKeyIsBehind() {
        keep(event("due"));
        keep(event("waiting"), event("waiting"));
        finish(dueOf("waiting"));
        bury(event("parked", WhenDead.PARK));
        bury(event("blocked", WhenDead.BLOCK));

        InboxEvent later = event("due");
        assertEquals(Admission.BEHIND, admit(later));
        assertEquals(Admission.BEHIND, admit(later));
        assertEquals(Admission.BEHIND, admit(event("waiting")));
        assertEquals(Admission.BEHIND, admit(event("parked")));
        assertEquals(Admission.BEHIND, admit(event("blocked")));
        assertEquals(Kept.WAITING, keep(event("due")));
        assertEquals(Kept.WAITING, keep(event("waiting")));
        assertEquals(Kept.WAITING, keep(event("parked")));
        assertEquals(Kept.WAITING, keep(event("blocked")));
    }

    @Test
    void whatComesAfterADelayedEventOfItsKeyIsBehind() {
        keep(event("key"));
        Due first = onlyDue();
        store().delay(first.id(), first.version(), 1, "failed", LONG);

        assertEquals(Admission.BEHIND, admit(event("key")));
        assertEquals(Kept.WAITING, keep(event("key")));
    }

    @Test
    void nobodyIsBehindWhatIsFinished() {
        admit(event("handled"));
        keep(event("finished"));
        finish(onlyDue());
        bury(event("skipped", WhenDead.SKIP));
        keep(event("given up"));
        Due givenUp = onlyDue();
        store().giveUp(givenUp.id(), givenUp.version(), 1, "failed");

        assertEquals(Admission.NEW, admit(event("handled")));
        assertEquals(Admission.NEW, admit(event("finished")));
        assertEquals(Admission.NEW, admit(event("skipped")));
        assertEquals(Admission.NEW, admit(event("given up")));
        assertEquals(Kept.DUE, keep(event("skipped")));
    }

    @Test
    void keysAreThoseOfAConsumerAndChannel() {
        keep(event("key"));

        assertEquals(Admission.NEW, admit(event(Inbox.id(), "other", "key", WhenDead.BLOCK)));
        assertEquals(Admission.NEW, admit(event(new InboxId("other", "/shop", "1"), CHANNEL, "key", WhenDead.BLOCK)));
        assertEquals(Admission.NEW, admit(event("Key")));
        assertEquals(Admission.NEW, admit(event("key ")));
        assertEquals(Kept.DUE, keep(event(Inbox.id(), "other", "key", WhenDead.BLOCK)));
        assertEquals(Admission.BEHIND, admit(event("key")));
    }

    @Test
    void eventsWithoutAKeyHaveNoOrder() {
        keep(event(), event());

        assertEquals(Admission.NEW, admit(event()));
        assertEquals(2, due().size());
    }

    @Test
    void keysMayBeLong() {
        String common = "k".repeat(100_000);
        keep(event(common + "1"));

        assertEquals(Admission.BEHIND, admit(event(common + "1")));
        assertEquals(Admission.NEW, admit(event(common + "2")));
        assertEquals(Kept.WAITING, keep(event(common + "1")));
        finish(onlyDue());
        assertTrue(store().release(CONSUMER, CHANNEL, common + "1"));
    }

    @Test
    void whatIsDueComesInTheOrderOfItsTimes() {
        InboxEvent last = event();
        InboxEvent first = event();
        InboxEvent second = event("key");
        store().keep(last, message(), Duration.ofSeconds(-10), 0, null);
        store().keep(first, message(), Duration.ofSeconds(-30), 1, "failed");
        store().keep(second, message(), Duration.ofSeconds(-20), 0, null);
        store().keep(event(), message(), LONG, 0, null);
        store().keep(event(), message(), LONG, 1, "failed");

        assertEquals(List.of(first.id(), second.id(), last.id()), ids(due()));
        assertEquals("key", due().get(1).key());
        assertNull(due().get(0).key());
        assertEquals(CHANNEL, due().get(0).channel());
    }

    @Test
    void whatIsDueIsBoundedAndLeavesOutWhatIsInProgress() {
        List<InboxId> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            InboxEvent given = event();
            store().keep(given, message(), Duration.ofSeconds(i - 1000L), 0, null);
            all.add(given.id());
        }

        assertEquals(all.subList(0, 10), ids(due(new Wanted(CHANNEL, 10, Set.of()))));
        assertEquals(all.subList(130, 140), ids(due(new Wanted(CHANNEL, 10, Set.copyOf(all.subList(0, 130))))));
        assertEquals(List.of(), due(new Wanted(CHANNEL, 10, Set.copyOf(all))));
        assertEquals(List.of(), due(new Wanted(CHANNEL, 0, Set.of())));
    }

    /** However many are due on a channel, and however long: those of another one are found. */
    @Test
    void noChannelHidesWhatIsDueOnAnother() {
        List<InboxId> busy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            InboxEvent given = event(Inbox.id(), "busy", null, WhenDead.BLOCK);
            store().keep(given, message(), Duration.ofSeconds(i - 1000L), i % 2, null);
            busy.add(given.id());
        }
        InboxEvent late = event();
        InboxEvent later = event();
        store().keep(late, message(), Duration.ofSeconds(-2), 0, null);
        store().keep(later, message(), Duration.ofSeconds(-1), 1, "failed");

        assertEquals(
                List.of(busy.get(0), busy.get(1), busy.get(2), late.id(), later.id()),
                ids(due(new Wanted(CHANNEL, 4, Set.of()), new Wanted("busy", 3, Set.of()))));
        assertEquals(
                List.of(busy.get(70), busy.get(71), late.id()),
                ids(due(
                        new Wanted("busy", 2, Set.copyOf(busy.subList(0, 70))),
                        new Wanted(CHANNEL, 1, Set.of(busy.get(70))))));
        assertEquals(List.of(late.id()), ids(due(new Wanted("busy", 0, Set.of()), new Wanted(CHANNEL, 1, Set.of()))));
    }

    @Test
    void whatIsDueIsThatOfAConsumerAndItsChannels() {
        InboxEvent mine = event();
        InboxEvent alsoMine = event(Inbox.id(), "more", null, WhenDead.BLOCK);
        keep(mine, alsoMine, event(Inbox.id(), "other", null, WhenDead.BLOCK));
        keep(event(new InboxId("other", "/shop", "1")));

        assertEquals(
                Set.of(mine.id(), alsoMine.id()),
                Set.copyOf(ids(due(new Wanted(CHANNEL, 10, Set.of()), new Wanted("more", 10, Set.of())))));
        assertEquals(List.of(), due(new Wanted[0]));
    }

    @Test
    void anEntryIsDueWhenItsTimeHasCome() {
        store().keep(event(), message(), Duration.ofMillis(1500), 0, null);

        assertEquals(List.of(), due());
        await().until(() -> due().size() == 1);
    }

    @Test
    void whoClaimsHasTheEntryAlone() {
        keep(event("key"));
        Due due = onlyDue();

        inTransaction(() -> {
            assertTrue(store().claim(due.id(), due.version()));
            assertFalse(inTransaction(() -> store().claim(due.id(), due.version())));
            return true;
        });
        assertTrue(inTransaction(() -> store().claim(due.id(), due.version())));
    }

    @Test
    void whatHasChangedCannotBeClaimed() {
        keep(event());
        Due due = onlyDue();
        store().delay(due.id(), due.version(), 1, "failed", NOW);

        assertFalse(inTransaction(() -> store().claim(due.id(), due.version())));
        assertEquals(1, claim(onlyDue()).attempts());
    }

    @Test
    void whatIsNotDueCannotBeClaimed() {
        keep(event("key"), event("key"));
        Due due = onlyDue();
        finish(due);

        for (int version = due.version(); version < due.version() + 3; version++) {
            int each = version;
            assertFalse(inTransaction(() -> store().claim(due.id(), each)));
        }
        assertFalse(inTransaction(() -> store().claim(Inbox.id(), 0)));
    }

    @Test
    void whatIsFinishedIsHandled() {
        InboxEvent given = event("key");
        keep(given);
        finish(onlyDue());

        assertEquals(List.of(), due());
        assertEquals(Admission.KNOWN, admit(given));
    }

    @Test
    void whatIsFinishedInATransactionThatFailsIsStillDue() {
        keep(event());
        Due due = onlyDue();
        assertThrows(
                IllegalStateException.class,
                () -> inTransaction(() -> {
                    store().claim(due.id(), due.version());
                    assertTrue(store().finish(due.id(), due.version()));
                    throw new IllegalStateException("rolled back");
                }));

        assertEquals(List.of(due), due());
    }

    @Test
    void onlyWhatWasSeenIsChanged() {
        keep(event("key"));
        Due seen = onlyDue();
        store().delay(seen.id(), seen.version(), 1, "failed", NOW);
        Due changed = onlyDue();

        assertFalse(inTransaction(() -> store().finish(seen.id(), seen.version())));
        assertFalse(inTransaction(() -> store().advance(seen.id(), seen.version(), List.of("a"), NOW)));
        assertFalse(store().delay(seen.id(), seen.version(), 2, "failed", NOW));
        assertFalse(store().compensate(seen.id(), seen.version(), "failed"));
        assertFalse(store().bury(seen.id(), seen.version(), 2, "failed"));
        assertFalse(store().giveUp(seen.id(), seen.version(), 2, "failed"));
        assertEquals(List.of(changed), due());
    }

    @Test
    void whatIsNotDueIsNotChanged() {
        InboxEvent handled = event("key");
        admit(handled);
        for (int version = 0; version < 3; version++) {
            int each = version;
            assertFalse(inTransaction(() -> store().finish(handled.id(), each)));
            assertFalse(store().delay(handled.id(), each, 2, "failed", NOW));
            assertFalse(store().bury(handled.id(), each, 2, "failed"));
            assertFalse(store().giveUp(handled.id(), each, 2, "failed"));
            assertFalse(store().compensate(handled.id(), each, "failed"));
        }
        assertEquals(Admission.NEW, admit(event("key")));
    }

    @Test
    void aFailedAttemptIsRemembered() {
        keep(event());
        Due due = onlyDue();
        assertTrue(store().delay(due.id(), due.version(), 1, "first", LONG));
        assertEquals(List.of(), due());
        assertTrue(store().delay(due.id(), due.version() + 1, 2, "second", NOW));

        InboxEntry entry = claim(onlyDue());
        assertEquals(2, entry.attempts());
        assertEquals("second", entry.error());
    }

    @Test
    void errorsMayBeLongAndHaveAnyCharacters() {
        keep(event());
        Due due = onlyDue();

        assertTrue(store().delay(due.id(), due.version(), 1, "\0" + "🔑".repeat(10_000), NOW));
        assertTrue(String.valueOf(claim(onlyDue()).error()).contains("🔑🔑"));
    }

    @Test
    void stepsAreRememberedInTheirOrder() {
        keep(event("key"));
        Due due = onlyDue();
        store().delay(due.id(), due.version(), 4, "failed", NOW);
        Due delayed = onlyDue();
        assertTrue(inTransaction(
                () -> store().advance(delayed.id(), delayed.version(), List.of("b.Second#on(x)", "a.First"), NOW)));

        Due advanced = onlyDue();
        InboxEntry entry = claim(advanced);
        assertEquals(delayed.version() + 1, advanced.version());
        assertEquals(advanced.version(), entry.version());
        assertEquals(List.of("b.Second#on(x)", "a.First"), entry.finished());
        assertEquals(0, entry.attempts());
        assertTrue(inTransaction(() -> store().advance(advanced.id(), advanced.version(), List.of(), NOW)));
        assertEquals(List.of(), claim(onlyDue()).finished());
    }

    @Test
    void anEntryIsLeftAloneWhileItIsHeld() {
        keep(event());
        Due due = onlyDue();
        inTransaction(() -> store().advance(due.id(), due.version(), List.of("a"), LONG));

        assertEquals(List.of(), due());
        assertTrue(inTransaction(() -> store().claim(due.id(), due.version() + 1)));
    }

    @Test
    void whatIsToBeMadeUpForHasAllAttemptsBeforeIt() {
        store().keep(event("key"), message(), LONG, 5, "before");
        InboxEvent given = event();
        keep(given);
        Due due = onlyDue();
        inTransaction(() -> store().advance(due.id(), due.version(), List.of("a", "b"), NOW));
        Due advanced = onlyDue();
        store().delay(advanced.id(), advanced.version(), 9, "failed", NOW);
        assertTrue(store().compensate(given.id(), advanced.version() + 1, "given up"));

        InboxEntry entry = claim(onlyDue());
        assertTrue(entry.compensating());
        assertEquals(0, entry.attempts());
        assertEquals(List.of("a", "b"), entry.finished());
        assertEquals("given up", entry.error());
    }

    @Test
    void whatIsDeadIsNotDueAndKnown() {
        InboxEvent buried = event("a");
        InboxEvent dead = event("b");
        bury(buried);
        assertEquals(Kept.DEAD, store().keepDead(dead, message(), 0, "unreadable"));

        assertEquals(List.of(), due());
        assertEquals(Admission.KNOWN, admit(buried));
        assertEquals(Admission.KNOWN, admit(dead));
    }

    @Test
    void whoWaitsForTheDeadIsAsTheySay() {
        store().keepDead(event("block", WhenDead.BLOCK), message(), 1, "failed");
        store().keepDead(event("park", WhenDead.PARK), message(), 1, "failed");
        store().keepDead(event("skip", WhenDead.SKIP), message(), 1, "failed");
        store().keepDead(event(null, WhenDead.BLOCK), message(), 1, "failed");

        assertEquals(Admission.BEHIND, admit(event("block")));
        assertEquals(Admission.BEHIND, admit(event("park")));
        assertEquals(Admission.NEW, admit(event("skip")));
        assertEquals(Admission.NEW, admit(event()));
    }

    @Test
    void theFirstWaitingOneGoesOnWhenNothingIsBeforeIt() {
        InboxEvent second = event("key");
        InboxEvent third = event("key");
        keep(event("key"), second, third);
        assertFalse(release("key"));
        finish(onlyDue());

        assertTrue(release("key"));
        assertEquals(second.id(), onlyDue().id());
        assertFalse(release("key"));
        finish(onlyDue());
        assertTrue(release("key"));
        assertEquals(third.id(), onlyDue().id());
        finish(onlyDue());
        assertFalse(release("key"));
        assertEquals(List.of(), due());
    }

    @Test
    void whatWaitedBringsItsAttemptsAlong() {
        keep(event("key"));
        store().keep(event("key"), message(), LONG, 2, "failed");
        finish(onlyDue());
        release("key");

        InboxEntry entry = claim(onlyDue());
        assertEquals(2, entry.attempts());
        assertEquals("failed", entry.error());
    }

    @Test
    void nothingGoesOnBehindWhatIsDelayedOrDeadOrParked() {
        keep(event("delayed"));
        Due delayed = onlyDue();
        store().delay(delayed.id(), delayed.version(), 1, "failed", LONG);
        bury(event("blocked", WhenDead.BLOCK));
        bury(event("parked", WhenDead.PARK));
        bury(event("skipped", WhenDead.SKIP));
        for (String key : List.of("delayed", "blocked", "parked", "skipped")) {
            keep(event(key));
        }

        assertFalse(release("delayed"));
        assertFalse(release("blocked"));
        assertFalse(release("parked"));
        assertEquals("skipped", onlyDue().key());
    }

    @Test
    void whatWaitsBehindSomethingGivenUpGoesOn() {
        InboxEvent waiting = event("key");
        keep(event("key"), waiting);
        Due first = onlyDue();
        store().giveUp(first.id(), first.version(), 1, "not wanted");

        assertTrue(release("key"));
        assertEquals(waiting.id(), onlyDue().id());
    }

    @Test
    void aReleaseIsThatOfAConsumerChannelAndKey() {
        keep(event("key"), event("key"));
        finish(onlyDue());

        assertFalse(store().release("other", CHANNEL, "key"));
        assertFalse(store().release(CONSUMER, "other", "key"));
        assertFalse(release("Key"));
        assertTrue(release("key"));
    }

    @Test
    void theKeysOfWaitingEntriesAreToldPageByPage() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String key = "k" + i;
            expected.add(key);
            keep(event(key), event(key), event(key));
        }
        for (int i = 0; i < 250; i++) {
            keep(event("k7"));
        }
        keep(event("not waiting"));
        keep(event(Inbox.id(), "other", "a", WhenDead.BLOCK), event(Inbox.id(), "other", "a", WhenDead.BLOCK));

        List<String> keys = new ArrayList<>();
        String last = "";
        List<String> page = store().waitingKeys(CONSUMER, CHANNEL, last, 7);
        while (!page.isEmpty()) {
            assertTrue(page.size() <= 7);
            keys.addAll(page);
            last = page.get(page.size() - 1);
            page = store().waitingKeys(CONSUMER, CHANNEL, last, 7);
        }
        assertEquals(20, keys.size());
        assertEquals(expected, Set.copyOf(keys));
    }

    @Test
    void onlyWhatIsHandledOrGivenUpIsCleaned() {
        InboxEvent handled = event("a");
        InboxEvent finished = event("b");
        InboxEvent givenUp = event("c");
        admit(handled);
        keep(finished);
        finish(onlyDue());
        keep(givenUp);
        Due due = onlyDue();
        store().giveUp(due.id(), due.version(), 1, "failed");
        InboxEvent blocking = event("d", WhenDead.BLOCK);
        InboxEvent parked = event("e", WhenDead.PARK);
        InboxEvent dead = event("f", WhenDead.SKIP);
        bury(blocking);
        bury(parked);
        bury(dead);
        InboxEvent first = event("g");
        InboxEvent waiting = event("g");
        keep(first, waiting);

        assertEquals(0, store().clean(CONSUMER, LONG, MANY));
        assertEquals(0, store().clean("other", ALREADY, MANY));
        assertEquals(3, store().clean(CONSUMER, ALREADY, MANY));
        for (InboxEvent kept : List.of(blocking, parked, dead, first, waiting)) {
            assertEquals(Admission.KNOWN, admit(kept));
        }
        for (InboxEvent gone : List.of(handled, finished, givenUp)) {
            assertEquals(Admission.NEW, admit(gone));
        }
    }

    @Test
    void cleaningIsBoundedAndCoversAllChannels() {
        for (int i = 0; i < 20; i++) {
            admit(event(Inbox.id(), "channel-" + i % 4, null, WhenDead.BLOCK));
        }

        assertEquals(7, store().clean(CONSUMER, ALREADY, 7));
        assertEquals(13, store().clean(CONSUMER, ALREADY, MANY));
        assertEquals(0, store().clean(CONSUMER, ALREADY, MANY));
    }

    @Test
    void cleaningGoesByTheTimeOfTheEnd() {
        keep(event());
        Due due = onlyDue();
        inTransaction(() -> store().advance(due.id(), due.version(), List.of("a"), ALREADY));
        assertTrue(inTransaction(() -> store().finish(due.id(), due.version() + 1)));

        assertEquals(0, store().clean(CONSUMER, Duration.ofMinutes(1), MANY));
        assertEquals(1, store().clean(CONSUMER, ALREADY, MANY));
    }

    final Admission admit(InboxEvent event) {
        return inTransaction(() -> store().admit(event));
    }

    /** Keeps events, and answers what became of the last one. */
    final Kept keep(InboxEvent... events) {
        Kept kept = Kept.KNOWN;
        for (InboxEvent event : events) {
            kept = store().keep(event, message(), NOW, 0, null);
        }
        return kept;
    }

    final List<Due> due() {
        return due(new Wanted(CHANNEL, MANY, Set.of()));
    }

    private List<Due> due(Wanted... channels) {
        return store().due(CONSUMER, List.of(channels));
    }

    final Due onlyDue() {
        List<Due> due = due();
        assertEquals(1, due.size(), due::toString);
        return due.get(0);
    }

    final void finish(Due due) {
        inTransaction(() -> {
            assertTrue(store().claim(due.id(), due.version()));
            assertTrue(store().finish(due.id(), due.version()));
            return true;
        });
    }

    final boolean release(String key) {
        return store().release(CONSUMER, CHANNEL, key);
    }

    private boolean assertAdmission(Admission expected, InboxEvent event) {
        assertEquals(expected, store().admit(event));
        return true;
    }

    private void bury(InboxEvent event) {
        keep(event);
        Due due = due().stream()
                .filter(each -> each.id().equals(event.id()))
                .findFirst()
                .orElseThrow();
        assertTrue(store().bury(due.id(), due.version(), 10, "dead"));
    }

    private Due dueOf(String key) {
        return due().stream().filter(each -> key.equals(each.key())).findFirst().orElseThrow();
    }

    private InboxEntry claim(Due due) {
        return store().read(due.id(), due.version()).orElseThrow();
    }

    private static List<InboxId> ids(List<Due> due) {
        return due.stream().map(Due::id).toList();
    }

    private static void assertSame(IncomingMessage expected, IncomingMessage actual) {
        assertEquals(expected.channel(), actual.channel());
        assertEquals(expected.attributes(), actual.attributes());
        assertEquals(expected.headers(), actual.headers());
        assertEquals(expected.contentType(), actual.contentType());
        assertEquals(expected.key(), actual.key());
        assertEquals(expected.position(), actual.position());
        assertArrayEquals(expected.data(), actual.data());
    }
}
