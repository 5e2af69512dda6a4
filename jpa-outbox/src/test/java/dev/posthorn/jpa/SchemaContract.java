package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.InboxStore.Wanted;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the tables when an application starts, each time on a new database. */
abstract class SchemaContract {

    private static final Map<String, String> CREATE = Map.of(StoreConfig.SCHEMA_MODE, "create");

    private static final Map<String, String> OTHER_NAMES = Map.of(
            StoreConfig.TABLE_SCHEMA, "messaging",
            StoreConfig.OUTBOX_TABLE, "Outgoing",
            StoreConfig.SETTLED_TABLE, "Gone",
            StoreConfig.NODE_TABLE, "outgoing_nodes",
            StoreConfig.CHANNEL_TABLE, "outgoing_channels",
            StoreConfig.INBOX_TABLE, "Incoming");

    private static final Node NODE = new Node("node", "shop");

    private final Fixture.Provider provider;
    private final TestDatabase database;
    private Fixture fixture;

    SchemaContract(Fixture.Provider provider, TestDatabase database) {
        this.provider = provider;
        this.database = database;
    }

    @BeforeEach
    void start() {
        fixture = new Fixture(provider, database);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void missingTablesAreNamedWithTheDdlThatCuresThem() {
        List<String> problems = fixture.store(Map.of()).prepare();

        boolean needsFunction = database == TestDatabase.DERBY;
        assertEquals(needsFunction ? 5 : 4, problems.size());
        assertEquals(needsFunction, problems.get(problems.size() - 1).contains("The function posthorn_now()"));
        assertTrue(problems.get(0).contains("The table posthorn_outbox can't be read"), problems.get(0));
        assertTrue(problems.get(1).contains("The table posthorn_settled can't be read"), problems.get(1));
        assertTrue(problems.get(2).contains("The table posthorn_node can't be read"), problems.get(2));
        assertTrue(problems.get(3).contains("The table posthorn_channel can't be read"), problems.get(3));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        assertItWorks(Map.of());
    }

    @Test
    void everyMissingColumnIsNamedWithTheDdlThatCuresIt() {
        fixture.preparedStore();
        // Somebody is there already: to a table with rows, most databases add no column without a default.
        Node other = new Node("other", "bank");
        fixture.transactions.separately(em -> {
            fixture.store(Map.of()).append(other, Events.events(1));
            return true;
        });
        fixture.nodes(Map.of()).join(other, "b");
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_outbox DROP COLUMN headers",
                "ALTER TABLE posthorn_outbox DROP COLUMN last_error",
                "ALTER TABLE posthorn_outbox DROP COLUMN created_at",
                "ALTER TABLE posthorn_node DROP COLUMN heartbeat_at");

        List<String> problems = fixture.store(CREATE).prepare();
        assertEquals(4, problems.size());
        assertTrue(problems.get(0).contains("The column created_at of the table posthorn_outbox"), problems.get(0));
        assertTrue(problems.get(1).contains("The column headers of the table posthorn_outbox"), problems.get(1));
        assertTrue(problems.get(2).contains("The column last_error of the table posthorn_outbox"), problems.get(2));
        assertTrue(problems.get(3).contains("The column heartbeat_at of the table posthorn_node"), problems.get(3));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        assertItWorks(Map.of());
    }

    /** To add Posthorn's columns to it, as whoever lacks some is told to do, would ruin it. */
    @Test
    void aTableOfTheApplicationIsLeftAlone() {
        Jdbc.execute(fixture.dataSource, "CREATE TABLE purchases (id VARCHAR(40), channel VARCHAR(40))");

        List<String> problems = fixture.store(with(CREATE, StoreConfig.OUTBOX_TABLE, "purchases"))
                .prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("POSTHORN-JPA-17: The table purchases is none of Posthorn's"),
                problems.get(0));
        assertFalse(problems.get(0).contains("ALTER"), problems.get(0));
    }

    @Test
    void whatIsThereIsNotCreatedAgain() {
        assertEquals(List.of(), fixture.store(CREATE).prepare());
        fixture.recording.takeSql();

        assertEquals(List.of(), fixture.store(CREATE).prepare());
        assertFalse(fixture.recording.takeSql().stream().anyMatch(sql -> sql.startsWith("CREATE")));
    }

    @Test
    void severalNodesMayCreateAtTheSameTime() throws Exception {
        int nodes = 4;
        CountDownLatch start = new CountDownLatch(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<List<String>>> answers = IntStream.range(0, nodes)
                    .mapToObj(i -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        return fixture.store(CREATE).prepare();
                    }))
                    .toList();
            for (Future<List<String>> answer : answers) {
                assertEquals(List.of(), answer.get());
            }
        } finally {
            threads.shutdown();
        }
        assertItWorks(Map.of());
    }

    @Test
    void configuredNamesTakeEffect() {
        Jdbc.execute(fixture.dataSource, "CREATE SCHEMA messaging");
        List<String> problems = fixture.store(OTHER_NAMES).prepare();
        assertTrue(problems.get(0).contains("The table messaging.Outgoing can't be read"), problems.get(0));

        assertEquals(
                List.of(),
                fixture.store(with(OTHER_NAMES, StoreConfig.SCHEMA_MODE, "create"))
                        .prepare());
        assertEquals(
                List.of(),
                fixture.inbox(with(OTHER_NAMES, StoreConfig.SCHEMA_MODE, "create"))
                        .prepare());
        assertItWorks(OTHER_NAMES);
        assertTheInboxWorks(OTHER_NAMES);
        assertEquals("1", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM messaging.Outgoing"));
        assertEquals("1", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM messaging.outgoing_nodes"));
        assertEquals("0", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM messaging.Gone"));
        assertEquals("1", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM messaging.outgoing_channels"));
        assertEquals("2", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM messaging.Incoming"));
    }

    @Test
    void onlyWhoReceivesIsAskedForTheInbox() {
        fixture.preparedStore();
        assertEquals(List.of(), fixture.store(Map.of()).prepare());

        List<String> problems = fixture.inbox(Map.of()).prepare();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("The table posthorn_inbox can't be read"), problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
        assertTheInboxWorks(Map.of());
    }

    @Test
    void whoOnlyReceivesIsNotAskedForTheOutbox() {
        assertEquals(List.of(), fixture.inbox(CREATE).prepare());
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
        assertTheInboxWorks(Map.of());
        assertEquals(4, fixture.store(Map.of()).prepare().size());
    }

    @Test
    void everyMissingColumnOfTheInboxIsNamedWithTheDdlThatCuresIt() {
        fixture.preparedInbox();
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_inbox DROP COLUMN finished",
                "ALTER TABLE posthorn_inbox DROP COLUMN version");

        List<String> problems = fixture.inbox(CREATE).prepare();
        assertEquals(2, problems.size());
        assertTrue(problems.get(0).contains("The column version of the table posthorn_inbox"), problems.get(0));
        assertTrue(problems.get(1).contains("The column finished of the table posthorn_inbox"), problems.get(1));
        paste(problems);
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
        assertTheInboxWorks(Map.of());
    }

    /** Such as where somebody has copied the tables alone. */
    @Test
    void aMissingFunctionOfTheInboxIsNamedWithTheDdlThatCuresIt() {
        fixture.preparedInbox();
        if (database != TestDatabase.POSTGRESQL) {
            return;
        }
        Jdbc.execute(fixture.dataSource, "DROP FUNCTION posthorn_inbox_unfinished");

        List<String> problems = fixture.inbox(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        String function = "POSTHORN-JPA-09: The function posthorn_inbox_unfinished(text, text, bigint) can't be called";
        assertTrue(problems.get(0).startsWith(function), problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());

        Jdbc.execute(fixture.dataSource, "DROP FUNCTION posthorn_inbox_unfinished");
        assertEquals(List.of(), fixture.inbox(CREATE).prepare());
        assertTheInboxWorks(Map.of());
    }

    @Test
    void theTablesCanBeLeftUnlookedAt() {
        assertEquals(
                List.of(),
                fixture.store(Map.of(StoreConfig.SCHEMA_MODE, "none")).prepare());
    }

    @Test
    void tablesThatCannotBeCreatedAreAProblem() {
        // Derby creates what is not there, but nothing in the schema of its own tables.
        String schema = database == TestDatabase.DERBY ? "sys" : "not_there";
        Map<String, String> config = with(CREATE, StoreConfig.TABLE_SCHEMA, schema);

        List<String> problems = fixture.store(config).prepare();
        assertEquals(4, problems.size());
        assertTrue(problems.get(0).contains(schema + ".posthorn_outbox could not be created"), problems.get(0));
    }

    @Test
    void numbersThatBeginAgainAreNoticedByWhatIsUnsent() {
        if (isInnoDb()) {
            // It never gives a number that is smaller than one in the table.
            return;
        }
        JpaEventStore store = fixture.preparedStore();
        append(store, 5);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());

        restartNumbers();

        assertNumbersCanGoOn(numbers(store).get(4));
    }

    @Test
    void numbersThatBeginAgainAreNoticedByWhatWasDelivered() {
        JpaEventStore store = fixture.preparedStore();
        append(store, 5);
        List<Long> numbers = numbers(store);
        assertEquals(5, store.markDelivered(NODE, Events.CHANNEL, numbers));
        assertEquals(List.of(), fixture.store(Map.of()).prepare());

        restartNumbers();

        assertNumbersCanGoOn(numbers.get(4));
    }

    private void assertNumbersCanGoOn(long largest) {
        List<String> problems = fixture.store(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("POSTHORN-JPA-23: The numbers of events begin again: the next one"),
                problems.get(0));
        assertTrue(problems.get(0).contains(" is 1, and there is " + largest + " already"), problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        JpaEventStore store = fixture.store(Map.of());
        append(store, 1);
        List<StoredEvent> events = store.unsent(NODE, Events.CHANNEL, largest, Set.of(), Set.of(), 10, 1 << 20)
                .events();
        assertEquals(1, events.size());
    }

    private static List<Long> numbers(JpaEventStore store) {
        return store.unsent(NODE, Events.CHANNEL, 0, Set.of(), Set.of(), 10, 1 << 20).events().stream()
                .map(StoredEvent::seq)
                .toList();
    }

    private boolean isInnoDb() {
        return Set.of(TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.MYSQL_WITH_XA)
                .contains(database);
    }

    private void restartNumbers() {
        Jdbc.execute(
                fixture.dataSource,
                isInnoDb()
                        ? "ALTER TABLE posthorn_outbox AUTO_INCREMENT = 1"
                        : "ALTER TABLE posthorn_outbox ALTER COLUMN seq RESTART WITH 1");
    }

    private void append(JpaEventStore store, int events) {
        fixture.transactions.separately(em -> {
            store.append(NODE, Events.events(events));
            return true;
        });
    }

    @Test
    void numbersOfNodesThatStoreMeanwhileAreNoneThatBeginAgain() throws Exception {
        JpaEventStore store = fixture.preparedStore();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            CountDownLatch begun = new CountDownLatch(3);
            List<Future<?>> nodes = IntStream.range(0, 3)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        while (!stop.get()) {
                            append(store, 3);
                            begun.countDown();
                        }
                    }))
                    .toList();
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            for (int i = 0; i < 20; i++) {
                assertEquals(List.of(), store.prepare());
            }
            stop.set(true);
            for (Future<?> node : nodes) {
                node.get();
            }
        } finally {
            stop.set(true);
            threads.shutdown();
        }
    }

    @Test
    void theNumberThatIsTriedLeavesNothingBehind() {
        assertEquals(List.of(), fixture.preparedStore().prepare());

        assertEquals("0", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_outbox"));
    }

    @Test
    void whatRefusesEventsIsNoticed() {
        fixture.preparedStore();
        Jdbc.execute(
                fixture.dataSource,
                "ALTER TABLE posthorn_outbox ADD CONSTRAINT posthorn_refusal CHECK (attempts > 1000)");

        List<String> problems = fixture.store(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("POSTHORN-JPA-24: No event can be stored in the table posthorn_outbox ("),
                problems.get(0));
        assertTrue(problems.get(0).toLowerCase(Locale.ROOT).contains("posthorn_refusal"), problems.get(0));
    }

    private void paste(List<String> problems) {
        problems.stream()
                .map(problem -> problem.substring(problem.indexOf('\n')))
                .flatMap(Pattern.compile(";")::splitAsStream)
                .forEach(sql -> Jdbc.execute(fixture.dataSource, sql));
    }

    private void assertItWorks(Map<String, String> config) {
        Node node = new Node("node", "shop");
        JpaEventStore store = fixture.store(config);
        JpaNodeStore nodes = fixture.nodes(config);
        fixture.transactions.separately(em -> {
            store.append(node, Events.events(1));
            return true;
        });
        nodes.join(node, "a");
        assertTrue(nodes.beat(node).isPresent());
        assertTrue(fixture.operators(config).pause("shop", Events.CHANNEL, "somebody"));
        assertEquals(
                1,
                store.unsent(node, Events.CHANNEL, 0, Set.of(), Set.of(), 10, 10)
                        .events()
                        .size());
    }

    private void assertTheInboxWorks(Map<String, String> config) {
        JpaInboxStore inbox = fixture.inbox(config);
        assertEquals(InboxStore.Admission.NEW, fixture.transactions.separately(em -> inbox.admit(Inbox.event("key"))));
        assertEquals(InboxStore.Kept.DUE, inbox.keep(Inbox.event("key"), Inbox.message(), Duration.ZERO, 0, null));
        assertEquals(
                1,
                inbox.due(Inbox.CONSUMER, List.of(new Wanted(Inbox.CHANNEL, 10, Set.of())))
                        .size());
    }

    private static Map<String, String> with(Map<String, String> config, String key, String value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(key, value);
        return more;
    }
}
