package dev.posthorn.jpa;

import static dev.posthorn.jpa.Inbox.CHANNEL;
import static dev.posthorn.jpa.Inbox.CONSUMER;
import static dev.posthorn.jpa.Inbox.event;
import static dev.posthorn.jpa.Inbox.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.operate.JpaInboxOperatorStore;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore.Admission;
import dev.posthorn.spi.InboxStore.Due;
import dev.posthorn.spi.InboxStore.Kept;
import dev.posthorn.spi.InboxStore.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How PostgreSQL executes what the inbox asks, on 100 000 handled events and some of all other kinds: by index, although its
 * statistics are those of an empty table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxPlansTest {

    private static final String PRIMARY_KEY = "posthorn_inbox_pkey";
    private static final String KEY = "posthorn_inbox_key";
    private static final String WAITING = "posthorn_inbox_waiting";
    private static final String DUE = "posthorn_inbox_due";
    private static final String TURN = "posthorn_inbox_turn";
    private static final String HELD = "posthorn_inbox_held";
    private static final String SETTLED = "posthorn_inbox_settled";

    private static final Set<String> NONE = Set.of();

    /** Has a plan of its own: see InboxKeptPlansTest. */
    private static final Set<String> FUNCTION = Set.of("posthorn_inbox_unfinished");

    private static final Pattern INDEX = Pattern.compile("\\bposthorn_inbox_[a-z]+");

    private static final String ENTRIES =
            """
            INSERT INTO posthorn_inbox (consumer, source, event_id, channel, type, event_key, key_hash, when_dead, state, state_time, received_at)
            SELECT 'warehouse', '/shop', 'old-%1$s-' || i, 'orders-in', 't', 'k-%1$s-' || i, %3$s, 0, %1$s, i, i FROM generate_series(1, %2$s) i
            """;

    private final Fixture fixture = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    private final JpaInboxStore store = fixture.preparedInbox();
    private final JpaInboxOperatorStore operators = fixture.inboxOperators(Map.of());

    @BeforeAll
    void fill() {
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_inbox SET (autovacuum_enabled = false)",
                "ANALYZE posthorn_inbox",
                entries(1, 100_000));
        for (int state : new int[] {2, 3, 4, 5, 6}) {
            Jdbc.execute(fixture.dataSource, entries(state, 1000));
        }
    }

    private static String entries(int state, int count) {
        return ENTRIES.formatted(state, count, Filling.hash("'k-" + state + "-' || i"));
    }

    @BeforeEach
    void forget() {
        fixture.recording.takeSql();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void admissionLooksIntoTheKeyAlone() throws SQLException {
        InboxEvent ordered = event("key");
        assertEquals(Admission.NEW, admit(ordered));
        assertEquals(Admission.NEW, admit(event()));
        assertEquals(Admission.KNOWN, admit(ordered));
        assertEquals(Admission.BEHIND, admit(event("k-3-1")));

        assertPlans(FUNCTION, NONE, FUNCTION, Set.of(PRIMARY_KEY), FUNCTION, Set.of(PRIMARY_KEY));
    }

    @Test
    void keepingLooksIntoTheKeyAlone() throws SQLException {
        assertEquals(Kept.DUE, keep(event("kept")));
        assertEquals(Kept.WAITING, keep(event("kept")));
        assertEquals(Kept.DEAD, store.keepDead(event(), message(), 1, "failed"));

        assertPlans(Set.of(KEY), NONE, Set.of(KEY), NONE, NONE);
    }

    @Test
    void whatIsDueIsFoundInItsIndex() throws SQLException {
        keep(event());
        fixture.recording.takeSql();
        assertFalse(due().isEmpty());

        assertPlans(Set.of(DUE));
    }

    @Test
    void entriesAreFoundByTheirIds() throws SQLException {
        keep(event("changed", WhenDead.SKIP));
        Due due = due().stream()
                .filter(each -> "changed".equals(each.key()))
                .findFirst()
                .orElseThrow();
        fixture.recording.takeSql();
        int version = due.version();
        assertTrue(store.read(due.id(), version).isPresent());
        assertTrue(inTransaction(() -> store.claim(due.id(), version)));
        assertTrue(store.delay(due.id(), version, 1, "failed", Duration.ZERO));
        assertTrue(inTransaction(() -> store.advance(due.id(), version + 1, List.of("a"), Duration.ZERO)));
        assertTrue(store.compensate(due.id(), version + 2, "failed"));
        assertTrue(store.bury(due.id(), version + 3, 1, "failed"));
        assertFalse(inTransaction(() -> store.finish(due.id(), version + 4)));
        assertFalse(store.giveUp(due.id(), version + 4, 1, "failed"));

        Set<String> byId = Set.of(PRIMARY_KEY);
        assertPlans(byId, byId, byId, byId, byId, byId, byId, byId);
    }

    @Test
    void whatWaitsIsFoundByItsKey() throws SQLException {
        assertTrue(store.release(CONSUMER, CHANNEL, "k-3-7"));

        assertPlans(Set.of(WAITING, TURN, KEY), Set.of(PRIMARY_KEY));
    }

    @Test
    void theKeysOfWhatWaitsAreFoundInTheirIndex() throws SQLException {
        assertEquals(200, store.waitingKeys(CONSUMER, CHANNEL, "", 200).size());

        assertPlans(Set.of(WAITING));
    }

    @Test
    void cleanUpFindsWhatItDeletesInItsIndex() throws SQLException {
        assertEquals(400, store.clean(CONSUMER, Duration.ofHours(1), 400));
        assertEquals(0, store.clean("other", Duration.ofHours(1), 400));

        // the channel, its entries; no channel, for both states
        assertPlans(Set.of(SETTLED), Set.of(SETTLED), Set.of(SETTLED), Set.of(SETTLED));
    }

    @Test
    void whatIsDeadOrHeldUpIsListedFromItsIndex() throws SQLException {
        for (ReceivedState state : List.of(ReceivedState.DEAD, ReceivedState.WAITING, ReceivedState.PARKED)) {
            assertEquals(20, list(ReceivedFilter.all().states(state), 20));
            assertPlans(Set.of(HELD));
        }
    }

    @Test
    void statesThatAreNoneAreFoundInThatIndexToo() throws SQLException {
        assertEquals(0, list(ReceivedFilter.all().states(ReceivedState.UNKNOWN), 20));

        assertEquals(List.of(Set.of(HELD), Set.of(HELD)), indexes());
    }

    @Test
    void whatHasEndedIsListedChannelByChannelFromItsIndex() throws SQLException {
        assertEquals(20, list(ReceivedFilter.all().states(ReceivedState.HANDLED), 20));

        // the channel, the end of the page, the page, which is full
        assertEquals(List.of(Set.of(SETTLED), Set.of(SETTLED), Set.of(SETTLED)), indexes());
    }

    @Test
    void operatorsChangeEntriesByTheirIds() throws SQLException {
        List<InboxId> dead = List.of(new InboxId(CONSUMER, "/shop", "old-2-17"));
        assertEquals(1, operators.requeue(dead, InboxOperatorStoreContract.ALL));
        assertEquals(0, operators.skip(dead, InboxOperatorStoreContract.ALL));
        assertEquals(1, operators.discard(dead, InboxOperatorStoreContract.ALL));
        assertEquals(1, operators.forget(dead, InboxOperatorStoreContract.ALL));
        assertTrue(operators.find(dead.get(0)).isEmpty());

        Set<String> byId = Set.of(PRIMARY_KEY);
        assertPlans(byId, byId, byId, byId, byId, byId, byId);
    }

    @Test
    void aKeyIsHeldBackAndLetGoByItsIndexes() throws SQLException {
        assertEquals(1, operators.park(CONSUMER, CHANNEL, "k-3-11", 10));
        assertEquals(1, operators.release(CONSUMER, CHANNEL, "k-3-11", 10));

        Set<String> byId = Set.of(PRIMARY_KEY);
        // due, waiting, dead; the change; parked; the change
        assertEquals(List.of(Set.of(TURN), Set.of(WAITING), Set.of(KEY), byId, Set.of(KEY), byId), indexes());
    }

    @Test
    void whatIsOverdueAndDeadIsFoundAtTheBeginningsOfItsIndexes() throws SQLException {
        keep(event());
        fixture.recording.takeSql();
        assertEquals(1, operators.overdue(CONSUMER).size());
        assertEquals(100, operators.held(CONSUMER, 100).dead());

        // due: the channel, its first entry, no other channel; delayed: no channel; all that is held
        assertPlans(Set.of(DUE), Set.of(DUE), Set.of(DUE), Set.of(DUE), Set.of(HELD));
    }

    private int list(ReceivedFilter filter, int limit) {
        return operators.list(CONSUMER, filter, null, limit).events().size();
    }

    /** The indexes of each statement that was executed, some of which sort the few rows that they have found. */
    private List<Set<String>> indexes() throws SQLException {
        List<String> plans = plans();
        plans.forEach(plan -> assertFalse(plan.contains("Seq Scan on posthorn_inbox"), plan));
        return plans.stream().map(InboxPlansTest::indexesOf).toList();
    }

    private Admission admit(InboxEvent event) {
        return fixture.transactions.separately(em -> store.admit(event));
    }

    private boolean inTransaction(BooleanSupplier work) {
        return fixture.transactions.separately(em -> work.getAsBoolean());
    }

    private Kept keep(InboxEvent event) {
        return store.keep(event, message(), Duration.ZERO, 0, null);
    }

    private List<Due> due() {
        return store.due(CONSUMER, List.of(new Wanted(CHANNEL, 100, Set.of())));
    }

    /** The indexes of each statement that was executed. */
    @SafeVarargs
    private void assertPlans(Set<String>... indexes) throws SQLException {
        List<String> plans = plans();
        assertEquals(indexes.length, plans.size(), plans::toString);
        for (int i = 0; i < plans.size(); i++) {
            String plan = plans.get(i);
            assertEquals(indexes[i], indexesOf(plan), () -> plan);
            assertFalse(plan.contains("Seq Scan on posthorn_inbox"), plan);
            assertFalse(plan.contains("Sort Key"), plan);
        }
    }

    private static Set<String> indexesOf(String plan) {
        return INDEX.matcher(plan).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private List<String> plans() throws SQLException {
        List<RecordingDataSource.Execution> executions = fixture.recording.takeExecutions();
        try (Connection connection = fixture.dataSource.getConnection()) {
            return executions.stream()
                    .filter(execution -> execution.sql().contains("posthorn_inbox"))
                    .map(execution -> execution.explain(connection))
                    .toList();
        }
    }
}
