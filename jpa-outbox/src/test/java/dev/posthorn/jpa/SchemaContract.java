package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.schema.LaterVersions;
import dev.posthorn.spi.EventEnvelope;
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
import java.util.function.Supplier;
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
            StoreConfig.INBOX_TABLE, "Incoming",
            StoreConfig.VERSION_TABLE, "Edition");

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
    void whereThereIsNothingTheWholeScriptIsPrinted() {
        List<String> problems = fixture.store(Map.of()).prepare();

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .startsWith(
                                "POSTHORN-JPA-04: The tables posthorn_outbox, posthorn_settled, posthorn_node, posthorn_channel, posthorn_version can't be read"),
                problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
        assertItWorks(Map.of());
        assertTheInboxWorks(Map.of());
        assertEquals("1", Jdbc.query(fixture.dataSource, "SELECT MAX(version) FROM posthorn_version"));
    }

    @Test
    void missingTablesAreNamedWithTheDdlThatCuresThem() {
        fixture.preparedStore();
        Jdbc.execute(fixture.dataSource, "DROP TABLE posthorn_outbox", "DROP TABLE posthorn_node");
        if (database == TestDatabase.DERBY) {
            Jdbc.execute(fixture.dataSource, "DROP FUNCTION posthorn_now");
        }

        List<String> problems = fixture.store(Map.of()).prepare();
        assertEquals(database == TestDatabase.DERBY ? 3 : 2, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("The table posthorn_outbox can't be read"), problems.get(0));
        assertTrue(problems.get(1).contains("The table posthorn_node can't be read"), problems.get(1));
        assertEquals(
                database == TestDatabase.DERBY,
                problems.get(problems.size() - 1).contains("The function posthorn_now()"));
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

    @Test
    void everyMissingIndexIsNamedWithTheDdlThatCuresIt() {
        fixture.preparedStore();
        dropIndex("posthorn_outbox_turn", "posthorn_outbox");
        dropIndex("posthorn_settled_id", "posthorn_settled");
        dropIndex("posthorn_inbox_key", "posthorn_inbox");

        // Large tables are busy while they get an index: who creates what is missing does not do so at a start.
        List<String> problems = fixture.store(CREATE).prepare();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .startsWith("POSTHORN-JPA-18: The table posthorn_outbox lacks the index posthorn_outbox_turn."),
                problems.get(0));
        assertTrue(problems.get(1).contains("The table posthorn_settled lacks the index"), problems.get(1));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        assertItWorks(Map.of());

        List<String> ofInbox = fixture.inbox(Map.of()).prepare();
        assertEquals(1, ofInbox.size(), ofInbox::toString);
        paste(ofInbox);
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
    }

    @Test
    void anIndexWithOtherColumnsIsNamedWithTheDdlThatCuresIt() {
        fixture.preparedStore();
        dropIndex("posthorn_outbox_state", "posthorn_outbox");
        Jdbc.execute(
                fixture.dataSource, "CREATE INDEX posthorn_outbox_state ON posthorn_outbox (lane, shelf_order, state)");

        List<String> problems = fixture.store(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .toLowerCase(Locale.ROOT)
                        .contains(
                                "index posthorn_outbox_state of the table posthorn_outbox is (lane, shelf_order, state)"),
                problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
    }

    @Test
    void anIndexThatIsNotUniqueIsNoneOfTheKey() {
        fixture.preparedInbox();
        String index = database == TestDatabase.DERBY ? "posthorn_inbox_id" : "posthorn_inbox_turn";
        String columns = database == TestDatabase.POSTGRESQL
                ? "(consumer, channel, key_hash) WHERE state IN (0, 7) AND key_hash IS NOT NULL"
                : database == TestDatabase.DERBY ? "(consumer, source, event_id)" : "(consumer, channel, due_key)";
        dropIndex(index, "posthorn_inbox");
        Jdbc.execute(fixture.dataSource, "CREATE INDEX " + index + " ON posthorn_inbox " + columns);

        List<String> problems = fixture.inbox(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("and has to be unique ("), problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
    }

    @Test
    void indexesOfConfiguredTablesAreLookedAt() {
        Jdbc.execute(fixture.dataSource, "CREATE SCHEMA messaging");
        assertEquals(
                List.of(),
                fixture.store(with(OTHER_NAMES, StoreConfig.SCHEMA_MODE, "create"))
                        .prepare());
        dropIndex("Outgoing_turn", "messaging.Outgoing");

        List<String> problems = fixture.store(OTHER_NAMES).prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).contains("The table messaging.Outgoing lacks the index Outgoing_turn"),
                problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.store(OTHER_NAMES).prepare());
    }

    @Test
    void whatWasLostOfTheVersionIsPrinted() {
        fixture.preparedStore();
        Jdbc.execute(fixture.dataSource, "DELETE FROM posthorn_version");

        List<String> problems = fixture.store(Map.of()).prepare();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("POSTHORN-JPA-19: The tables have no version"), problems.get(0));
        assertFalse(problems.get(0).contains("CREATE"), problems.get(0));
        paste(problems);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());

        Jdbc.execute(fixture.dataSource, "DROP TABLE posthorn_version");
        List<String> ofTable = fixture.inbox(Map.of()).prepare();
        assertEquals(1, ofTable.size(), ofTable::toString);
        assertTrue(ofTable.get(0).contains("The table posthorn_version can't be read"), ofTable.get(0));
        paste(ofTable);
        assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
    }

    /** The owner was a text then, and there was no version: no column that is added makes a table of today of it. */
    @Test
    void tablesFromBeforeTheFirstVersionAreLeftAlone() {
        Jdbc.execute(
                fixture.dataSource,
                """
                CREATE TABLE posthorn_outbox (id VARCHAR(36), seq BIGINT, application VARCHAR(255), owner VARCHAR(255),
                state SMALLINT, channel VARCHAR(255), topic VARCHAR(255), event_key VARCHAR(255), ordered SMALLINT,
                when_dead SMALLINT, type VARCHAR(255), source VARCHAR(255), event_time VARCHAR(40), content_type VARCHAR(255),
                headers VARCHAR(255), payload BLOB, created_at BIGINT, attempts INTEGER, settled_at BIGINT, last_error VARCHAR(255))"""
                        .replace("BLOB", database == TestDatabase.POSTGRESQL ? "bytea" : "BLOB"));

        for (Map<String, String> config : List.of(Map.<String, String>of(), CREATE)) {
            List<String> problems = fixture.store(config).prepare();
            assertEquals(1, problems.size(), problems::toString);
            assertTrue(
                    problems.get(0).startsWith("POSTHORN-JPA-21: The table posthorn_outbox is from before"),
                    problems.get(0));
            assertFalse(problems.get(0).contains("ALTER"), problems.get(0));
            assertThrows(
                    IllegalStateException.class,
                    () -> Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_settled"));
        }
    }

    @Test
    void anOlderVersionIsToldWhatIsMissing() {
        fixture.preparedStore();
        EventEnvelope event = Events.event();
        append(event);

        List<String> problems = laterVersions().outgoing(fixture.transactions, Fixture.config(Map.of()));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .startsWith(
                                "POSTHORN-JPA-19: The tables have version 1 of the schema, and this Posthorn needs version 3."),
                problems.get(0));
        assertEquals(
                String.join("\n", second()) + "\n" + String.join("\n", third()),
                problems.get(0).substring(problems.get(0).indexOf('\n') + 1));
        paste(problems);
        assertEquals(List.of(), laterVersions().outgoing(fixture.transactions, Fixture.config(Map.of())));
        assertUpgraded(event);
    }

    @Test
    void anOlderVersionIsUpgradedStepByStep() {
        fixture.preparedStore();
        EventEnvelope event = Events.event();
        append(event);

        assertEquals(List.of(), laterVersions().outgoing(fixture.transactions, Fixture.config(CREATE)));
        assertUpgraded(event);
        fixture.recording.takeSql();
        assertEquals(List.of(), laterVersions().outgoing(fixture.transactions, Fixture.config(CREATE)));
        assertFalse(
                fixture.recording.takeSql().stream().anyMatch(sql -> sql.matches("(?s)(CREATE|ALTER|DROP|INSERT).*")));
    }

    /** Most databases commit each statement that changes tables. */
    @Test
    void anUpgradeThatEndedHalfwayGoesOnFromThere() {
        fixture.preparedStore();
        EventEnvelope event = Events.event();
        append(event);
        Jdbc.execute(fixture.dataSource, plain(second().get(0)), plain(second().get(1)));

        List<String> problems = laterVersions().outgoing(fixture.transactions, Fixture.config(Map.of()));
        assertEquals(1, problems.size(), problems::toString);
        assertFalse(problems.get(0).contains(second().get(0)), problems.get(0));
        assertTrue(problems.get(0).contains(second().get(2)), problems.get(0));
        assertEquals(List.of(), laterVersions().outgoing(fixture.transactions, Fixture.config(CREATE)));
        assertUpgraded(event);
    }

    @Test
    void severalNodesMayUpgradeAtTheSameTime() throws Exception {
        fixture.preparedStore();
        EventEnvelope event = Events.event();
        append(event);

        atTheSameTime(() -> laterVersions().outgoing(fixture.transactions, Fixture.config(CREATE)));
        assertUpgraded(event);
    }

    @Test
    void anEmptyDatabaseGetsTheLatestVersion() {
        assertEquals(List.of(), laterVersions().outgoing(fixture.transactions, Fixture.config(CREATE)));
        EventEnvelope event = Events.event();
        append(event);
        Jdbc.execute(fixture.dataSource, "UPDATE posthorn_outbox SET note = 'old'");
        assertUpgraded(event);
    }

    /** A node that was not upgraded yet finds the columns it knows. Which indexes a later version has is none of its business. */
    @Test
    void aNewerVersionIsTold() {
        fixture.preparedStore();
        assertEquals(List.of(), laterVersions().outgoing(fixture.transactions, Fixture.config(CREATE)));
        int version = 1000 + (int) (System.nanoTime() % 1_000_000);
        Jdbc.execute(fixture.dataSource, "INSERT INTO posthorn_version (version) VALUES (" + version + ")");

        try (Logged logged = new Logged("dev.posthorn.jpa.Schema")) {
            assertEquals(List.of(), fixture.store(Map.of()).prepare());
            assertEquals(List.of(), fixture.inbox(Map.of()).prepare());
            assertEquals(List.of(), fixture.store(CREATE).prepare());
            List<String> told = logged.messages().stream()
                    .filter(message -> message.startsWith("POSTHORN-JPA-20"))
                    .toList();
            assertEquals(1, told.size(), told::toString);
            assertTrue(told.get(0).replaceAll("\\D", "").contains(String.valueOf(version)), told.get(0));
            assertTrue(told.get(0).contains("version 1."), told.get(0));
        }
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
        atTheSameTime(() -> fixture.store(CREATE).prepare());
        assertItWorks(Map.of());
    }

    @Test
    void configuredNamesTakeEffect() {
        Jdbc.execute(fixture.dataSource, "CREATE SCHEMA messaging");
        List<String> problems = fixture.store(OTHER_NAMES).prepare();
        assertTrue(problems.get(0).contains("The tables messaging.Outgoing, messaging.Gone"), problems.get(0));

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
        assertEquals("1", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM messaging.Edition"));
    }

    @Test
    void onlyWhoReceivesIsAskedForTheInbox() {
        fixture.preparedStore();
        Jdbc.execute(fixture.dataSource, "DROP TABLE posthorn_inbox");
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
        Jdbc.execute(
                fixture.dataSource,
                "DROP TABLE posthorn_outbox",
                "DROP TABLE posthorn_settled",
                "DROP TABLE posthorn_node",
                "DROP TABLE posthorn_channel");
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
        // The statement that failed, and all that were to follow.
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains(schema + ".posthorn_outbox could not be created"), problems.get(0));
        assertTrue(problems.get(0).contains("INTO " + schema + ".posthorn_version"), problems.get(0));
    }

    private static void atTheSameTime(Supplier<List<String>> preparation) throws Exception {
        int nodes = 4;
        CountDownLatch start = new CountDownLatch(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<List<String>>> answers = IntStream.range(0, nodes)
                    .mapToObj(i -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        return preparation.get();
                    }))
                    .toList();
            for (Future<List<String>> answer : answers) {
                assertEquals(List.of(), answer.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    private void append(EventEnvelope event) {
        fixture.transactions.separately(em -> {
            fixture.store(Map.of()).append(new Node("node", "shop"), List.of(event));
            return true;
        });
    }

    private void assertUpgraded(EventEnvelope event) {
        assertEquals("3", Jdbc.query(fixture.dataSource, "SELECT MAX(version) FROM posthorn_version"));
        assertEquals("3", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_version"));
        assertEquals("old", Jdbc.query(fixture.dataSource, "SELECT note FROM posthorn_outbox"));
        Jdbc.execute(fixture.dataSource, "UPDATE posthorn_outbox SET remark = 'x'");
        assertEquals(List.of(), fixture.store(Map.of()).prepare());
        assertEquals(
                List.of(event.id()),
                fixture
                        .store(Map.of())
                        .unsent(new Node("node", "shop"), Events.CHANNEL, 0, Set.of(), Set.of(), 10, 10)
                        .events()
                        .stream()
                        .map(stored -> stored.event().id())
                        .toList());
    }

    /** A later release, which has a column and an index more, another index instead of one, and a column that is filled. */
    private LaterVersions laterVersions() {
        return new LaterVersions(
                List.of("-- The second; of a test.\n" + String.join("\n", second()), String.join("\n\n", third())));
    }

    private List<String> second() {
        String index = database == TestDatabase.POSTGRESQL ? "INDEX CONCURRENTLY " : "INDEX ";
        boolean innoDb =
                switch (database) {
                    case MARIADB, MYSQL, MYSQL_WITH_XA -> true;
                    case H2, DERBY, POSTGRESQL -> false;
                };
        return List.of(
                "ALTER TABLE posthorn_outbox ADD COLUMN note VARCHAR(40);",
                "DROP " + index + "posthorn_outbox_id" + (innoDb ? " ON posthorn_outbox;" : ";"),
                "CREATE " + index + "posthorn_outbox_name ON posthorn_outbox (id, seq);",
                "UPDATE posthorn_outbox SET note = 'old' WHERE note IS NULL;",
                "INSERT INTO posthorn_version (version) VALUES (2);");
    }

    private static List<String> third() {
        return List.of(
                "ALTER TABLE posthorn_outbox ADD COLUMN remark VARCHAR(40) DEFAULT '' NOT NULL;",
                "INSERT INTO posthorn_version (version) VALUES (3);");
    }

    private static String plain(String statement) {
        return statement.replace(";", "");
    }

    private void dropIndex(String index, String table) {
        Jdbc.execute(
                fixture.dataSource,
                switch (database) {
                    case MARIADB, MYSQL, MYSQL_WITH_XA -> "DROP INDEX " + index + " ON " + table;
                    case H2, DERBY, POSTGRESQL ->
                        "DROP INDEX " + table.substring(0, table.lastIndexOf('.') + 1) + index;
                });
    }

    @Test
    void numbersThatBeginAgainAreNoticedByWhatIsUnsent() {
        assumeFalse(isInnoDb(), "it never gives a number that is smaller than one in the table");
        assumeNumbersAreLookedAt();
        JpaEventStore store = fixture.preparedStore();
        append(store, 5);
        assertEquals(List.of(), fixture.store(Map.of()).prepare());

        restartNumbers();

        assertNumbersCanGoOn(numbers(store).get(4));
    }

    @Test
    void numbersThatBeginAgainAreNoticedByWhatWasDelivered() {
        assumeNumbersAreLookedAt();
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

    private void assumeNumbersAreLookedAt() {
        assumeFalse(database == TestDatabase.DERBY, "nodes that start at once would wait for each other");
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
        assumeNumbersAreLookedAt();
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
