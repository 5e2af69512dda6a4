package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.event;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.operate.JpaInboxOperatorStore;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.operator.ReceivedCount;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the inbox promises beside the contract of the SPI, because it works through the application's EntityManager. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JpaInboxStoreContract extends InboxOperatorStoreContract {

    private final Fixture.Provider provider;
    private final TestDatabase database;

    private Fixture fixture;
    private JpaInboxStore store;
    private JpaInboxOperatorStore operators;

    JpaInboxStoreContract(Fixture.Provider provider, TestDatabase database) {
        this.provider = provider;
        this.database = database;
    }

    @BeforeAll
    void start() {
        fixture = new Fixture(provider, database);
        store = fixture.preparedInbox();
        operators = fixture.inboxOperators(Map.of());
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @BeforeEach
    void empty() {
        Jdbc.execute(fixture.dataSource, "DELETE FROM posthorn_inbox", "DELETE FROM purchase");
        fixture.factory.getCache().evictAll();
        fixture.recording.takeSql();
    }

    @Override
    protected InboxStore store() {
        return store;
    }

    @Override
    protected InboxOperatorStore operators() {
        return operators;
    }

    @Override
    protected <T> T inTransaction(Supplier<T> work) {
        return fixture.transactions.separately(em -> work.get());
    }

    @Override
    protected int largestPayload() {
        return database.largestPayload();
    }

    /** Derby can't pass over what is locked: who comes second waits. */
    @Override
    @Test
    void whoClaimsHasTheEntryAlone() {
        if (database != TestDatabase.DERBY) {
            super.whoClaimsHasTheEntryAlone();
            return;
        }
        keep(event("key"));
        Due due = onlyDue();

        assertFalse(whileWorkingOn(due, () -> inTransaction(() -> store.claim(due.id(), due.version()))));
    }

    @Override
    @Test
    void whatHandlersAreWorkingOnIsLeftAlone() {
        if (database != TestDatabase.DERBY) {
            super.whatHandlersAreWorkingOnIsLeftAlone();
            return;
        }
        keep(event());
        Due due = onlyDue();

        assertEquals(0, whileWorkingOn(due, () -> operators.discard(List.of(due.id()), ALL)));
    }

    /** Does something else while the entry is claimed, which is finished once that is seen to wait. */
    private <T> T whileWorkingOn(Due due, Supplier<T> other) {
        CompletableFuture<T> waiting = inTransaction(() -> {
            assertTrue(store.claim(due.id(), due.version()));
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(other);
            await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
            assertTrue(store.finish(due.id(), due.version()));
            return answer;
        });
        return waiting.join();
    }

    @Test
    void aNewEventIsOneStatementAndAKnownOneTwo() {
        InboxEvent unordered = event();
        assertEquals(1, statementsToAdmit(unordered));
        assertEquals(2, statementsToAdmit(unordered));
        InboxEvent ordered = event("key");
        int asking = Set.of(TestDatabase.MARIADB, TestDatabase.MYSQL).contains(database) ? 1 : 0;
        assertEquals(asking + 1, statementsToAdmit(ordered));
        assertEquals(asking + 2, statementsToAdmit(ordered));
    }

    @Test
    void eachRowHasTheNumberOfItsKey() {
        InboxEvent handled = event("handled");
        admit(handled);
        InboxEvent kept = event("kept");
        keep(kept);
        InboxEvent dead = event("dead");
        store.keepDead(dead, Inbox.message(), 1, "failed");
        InboxEvent unordered = event();
        admit(unordered);

        for (InboxEvent event : List.of(handled, kept, dead)) {
            assertEquals(String.valueOf(Numbers.key(String.valueOf(event.key()))), column("key_hash", event));
        }
        assertEquals("null", String.valueOf(column("key_hash", unordered)));
    }

    /** It is the number that the index lets be due once. */
    @Test
    void twoKeysWithTheSameNumberWaitForEachOther() {
        InboxEvent one = event("one");
        InboxEvent other = event("other");
        keep(one);
        damage(one, "key_hash = " + Numbers.key("other"));

        assertEquals(Kept.WAITING, store.keep(other, Inbox.message(), Duration.ZERO, 0, null));
        assertFalse(store.release(Inbox.CONSUMER, Inbox.CHANNEL, "other"));
        finish(onlyDue());
        assertTrue(store.release(Inbox.CONSUMER, Inbox.CHANNEL, "other"));
        assertEquals(other.id(), onlyDue().id());
    }

    @Test
    void admittingDoesNotFlushWhatTheApplicationHasPending() {
        inTransaction(() -> {
            fixture.transactions.current().persist(new Purchase("p"));
            store.admit(event("key"));
            assertFalse(fixture.recording.takeSql().toString().contains("purchase"));
            return true;
        });

        assertTrue(fixture.recording.takeSql().get(0).toLowerCase(Locale.ROOT).contains("insert into purchase"));
    }

    @Test
    void theApplicationsSecondLevelCacheSurvives() {
        inTransaction(() -> {
            fixture.transactions.current().persist(new Purchase("p"));
            return true;
        });
        inTransaction(() -> fixture.transactions.current().find(Purchase.class, "p"));

        admit(event("key"));
        keep(event("key"), event("key"));
        finish(onlyDue());
        release("key");
        var due = onlyDue();
        store.delay(due.id(), due.version(), 1, "failed", NOW);
        operators.requeue(List.of(due.id()), ALL);
        operators.park(Inbox.CONSUMER, Inbox.CHANNEL, "key", 10);
        operators.skip(List.of(due.id()), ALL);
        operators.discard(List.of(due.id()), ALL);
        operators.forget(List.of(due.id()), ALL);
        store.clean(Inbox.CONSUMER, Duration.ofHours(-1), 10);

        assertTrue(fixture.factory.getCache().contains(Purchase.class, "p"));
    }

    @Test
    void anEntryThatCantBeReadSaysSoAndLeavesItsNeighboursAlone() {
        for (String assignment : DAMAGES) {
            for (WhenDead whenDead : WhenDead.values()) {
                InboxEvent before = event("before");
                InboxEvent bad = event("bad", whenDead);
                InboxEvent after = event("after");
                keep(before, bad, after);
                damage(bad, assignment);

                for (Due due : due()) {
                    InboxEntry entry = store.read(due.id(), due.version()).orElseThrow();
                    assertEquals(due.id().equals(bad.id()), entry.unreadable() != null, assignment);
                }
                Due due = due(bad);
                String problem = String.valueOf(
                        store.read(due.id(), due.version()).orElseThrow().unreadable());
                assertTrue(problem.contains(assignment.substring(0, assignment.indexOf(' '))), problem);
                assertTrue(store.bury(due.id(), due.version(), 0, problem));
                int state = assignment.startsWith("when_dead") || whenDead == WhenDead.BLOCK
                        ? RowState.BLOCKING.code()
                        : whenDead == WhenDead.PARK ? RowState.PARKED.code() : RowState.DEAD.code();
                assertEquals(String.valueOf(state), column("state", bad));
                empty();
            }
        }
    }

    @Test
    void anEntryThatCantBeReadCanBeListedInspectedAndDiscarded() {
        for (String assignment : DAMAGES) {
            InboxEvent before = event();
            InboxEvent bad = event();
            InboxEvent after = event();
            keep(before, bad, after);
            damage(bad, assignment);

            List<ReceivedSummary> listed = operators
                    .list(Inbox.CONSUMER, ReceivedFilter.all(), null, 10)
                    .events();
            assertEquals(
                    List.of(before.id().id(), bad.id().id(), after.id().id()),
                    listed.stream().map(event -> event.id().id()).toList());
            ReceivedDetails details = operators.find(bad.id()).orElseThrow();
            assertEquals(1, details.message().orElseThrow().data().length);
            String error = String.valueOf(details.summary().error());
            assertTrue(error.contains(assignment.substring(0, assignment.indexOf(' '))), error);
            assertEquals(1, operators.discard(List.of(bad.id()), ALL));
            empty();
        }
    }

    @Test
    void aStateThatIsNoneCanBeSeenAndMended() {
        for (int state : new int[] {8, 99, -1}) {
            InboxEvent good = event();
            InboxEvent bad = event();
            InboxEvent other = event("key");
            keep(good, bad, other);
            damage(bad, "state = " + state);
            damage(other, "state = " + state);
            ReceivedFilter unknown = ReceivedFilter.all().states(ReceivedState.UNKNOWN);

            assertEquals(1, due().size());
            assertEquals(
                    2,
                    operators.counts(Inbox.CONSUMER, unknown).stream()
                            .mapToLong(ReceivedCount::count)
                            .sum());
            assertEquals(
                    2,
                    operators.list(Inbox.CONSUMER, unknown, null, 10).events().size());
            ReceivedSummary summary = operators.find(bad.id()).orElseThrow().summary();
            assertEquals(ReceivedState.UNKNOWN, summary.state());
            assertEquals("The row can't be read: state is " + state + ", which is no state.", summary.error());
            assertEquals(1, operators.requeue(List.of(bad.id()), Set.of(ReceivedState.UNKNOWN)));
            assertEquals(1, operators.discard(List.of(bad.id(), other.id()), Set.of(ReceivedState.UNKNOWN)));
            empty();
        }
    }

    /** What somebody may have left in a row. */
    private static final List<String> DAMAGES = List.of(
            "attributes = 'x'",
            "headers = '[1]'",
            "headers = '{\"a\":1}'",
            "properties = '42'",
            "when_dead = 9",
            "compensating = -1");

    private void damage(InboxEvent event, String assignment) {
        Jdbc.execute(
                fixture.dataSource,
                "UPDATE posthorn_inbox SET " + assignment + " WHERE event_id = '"
                        + event.id().id() + "'");
    }

    private String column(String column, InboxEvent event) {
        return Jdbc.query(
                fixture.dataSource,
                "SELECT " + column + " FROM posthorn_inbox WHERE event_id = '"
                        + event.id().id() + "'");
    }

    private Due due(InboxEvent event) {
        return due().stream()
                .filter(each -> each.id().equals(event.id()))
                .findFirst()
                .orElseThrow();
    }

    private int statementsToAdmit(InboxEvent event) {
        fixture.recording.takeSql();
        admit(event);
        return fixture.recording.takeSql().size();
    }
}
