package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.archive.ApplicationDataSource;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.Ears;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.Postgres;
import dev.posthorn.tck.fixture.StatementLog;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.post.Desk;
import dev.posthorn.tck.post.Letter;
import dev.posthorn.tck.post.PostCounter;
import dev.posthorn.tck.post.PostResources;
import dev.posthorn.tck.post.Postman;
import dev.posthorn.tck.post.Receipt;
import dev.posthorn.tck.post.SentLetter;
import dev.posthorn.tck.post.Written;
import dev.posthorn.tck.server.Server;
import dev.posthorn.tck.server.ServerDataSource;
import dev.posthorn.tck.server.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.xa.PGXADataSource;

/**
 * Several applications in one server, each put together in another way: what each commits is sent and received once, what it rolls
 * back is not, whatever the others do.
 */
// In this order one more application is in the server for each test.
@Tag("everywhere")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class TopologiesIT {

    private static final String OWN = "java:app/jdbc/post";
    private static final String COPIES = "java:app/jdbc/copies";
    private static final String DEFAULT = "java:comp/DefaultDataSource";

    private static final List<String> LOGGED = List.of("topology_own", "topology_shared", "topology_enterprise");

    private static final Server SERVER = Server.underTest();
    private static final Map<String, PostClient> DEPLOYED = new LinkedHashMap<>();
    private static final Map<String, Archive<?>> ARCHIVES = new LinkedHashMap<>();

    private static Database own;
    private static Database copies;
    private static Database shared;
    private static Database enterprise;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        own = Database.create("topology_own");
        copies = Database.create("topology_copies");
        shared = Database.create("topology_shared");
        enterprise = Database.create("topology_enterprise");
        LOGGED.forEach(((Postgres) Fixtures.database())::logStatements);
        WebArchive first = PostApplication.withCopies("units", own, OWN, COPIES)
                .withDataSources(
                        new ApplicationDataSource(OWN, PGXADataSource.class, own),
                        new ApplicationDataSource(COPIES, PGXADataSource.class, copies))
                .build();
        server = ServerProcess.ofSeveral(
                        "topologies",
                        first,
                        List.of(
                                new ServerDataSource(ServerDataSource.DEFAULT, shared, false),
                                new ServerDataSource("onephase", shared, false),
                                new ServerDataSource("shared", shared, true),
                                new ServerDataSource("enterprise", enterprise, true)))
                .start();
        DEPLOYED.put("units", new PostClient(server.url()));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    @Order(1)
    void eventsGoToTheUnitThatTheProducerNamesInOneTransactionWithTheOther() {
        List<String> sent = requireThatItWorks("units");

        assertEquals(sent, query(copies, "SELECT text FROM letter_copy ORDER BY text"));
        assertEquals(List.of(), query(copies, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'posthorn%'"));
    }

    @Test
    @Order(2)
    void onTheDefaultDataSource() {
        // Where that is not in transactions, FatesIT sees it refused.
        String dataSource = SERVER.enlistsDefaultDataSource() ? DEFAULT : SERVER.dataSource("onephase");
        deploy(
                "bydefault",
                PostApplication.named("bydefault", shared, dataSource).build());

        requireThatItWorks("bydefault");
    }

    @Test
    @Order(3)
    void onADataSourceOfTheServerWithTheTablesOfAnotherApplication() {
        deploy(
                "sharing",
                PostApplication.named("sharing", shared, SERVER.dataSource("shared"))
                        .build());

        requireThatItWorks("sharing");
    }

    @Test
    @Order(4)
    void inAWebApplicationOfAnEnterpriseApplication() {
        assumeTrue(SERVER.takesEnterpriseApplications(), "the server deploys no EARs");
        deploy(
                "wrapped",
                Ears.around(PostApplication.named("wrapped", enterprise, SERVER.dataSource("enterprise"))
                        .build()));

        requireThatItWorks("wrapped");
    }

    @Test
    @Order(5)
    void asLibrariesOfAnEnterpriseApplication() {
        assumeTrue(SERVER.takesEnterpriseApplications(), "the server deploys no EARs");
        deploy(
                "modules",
                Ears.ofModules(
                        PostApplication.named("modules", enterprise, SERVER.dataSource("enterprise"))
                                .build(),
                        Letter.class,
                        SentLetter.class,
                        Receipt.class,
                        Written.class,
                        PostResources.class,
                        Desk.class,
                        PostCounter.class,
                        Postman.class));

        requireThatItWorks("modules");
    }

    @Test
    @Order(6)
    void aProducerThatLibrariesDoNotSeeIsADeploymentErrorThatSaysWhereItBelongs() {
        assumeTrue(SERVER.takesEnterpriseApplications(), "the server deploys no EARs");
        Archive<?> unseen = Ears.ofModules(
                PostApplication.named("unseen", enterprise, SERVER.dataSource("enterprise"))
                        .build(),
                Letter.class,
                SentLetter.class,
                Receipt.class);

        Exception refused = assertThrows(IllegalStateException.class, () -> server.deploy(unseen));

        assertTrue(
                refused.getMessage().contains("that bean must be in an EJB module or in a library"),
                refused::getMessage);
    }

    @Test
    @Order(7)
    void withHibernateBesideTheProviderOfTheServer() {
        assumeTrue(SERVER.hibernateJtaPlatform().isPresent(), "the server's own provider is Hibernate");
        deploy(
                "hibernating",
                PostApplication.named("hibernating", enterprise, SERVER.dataSource("enterprise"))
                        .withHibernate()
                        .build());

        requireThatItWorks("hibernating");
    }

    /** By now all of them are there. */
    @Test
    @Order(8)
    void applicationsOfOneServerLeaveEachOtherAlone() {
        DEPLOYED.keySet().parallelStream().forEach(TopologiesIT::requireThatItWorks);

        DEPLOYED.forEach((name, post) -> {
            assertTrue(
                    post.outbox().stream().allMatch(line -> line.startsWith(name + "-")),
                    () -> name + " sees " + post.outbox());
            assertTrue(
                    post.inbox().stream().allMatch(line -> line.startsWith(name + "-")),
                    () -> name + " sees " + post.inbox());
        });
        assertEquals(List.of("bydefault", "sharing"), nodes(shared));
    }

    @Test
    @Order(9)
    void whoIsUndeployedLeavesTheOthersWorking() {
        undeploy("bydefault");

        assertEquals(List.of("sharing"), nodes(shared));
        DEPLOYED.keySet().parallelStream().forEach(TopologiesIT::requireThatItWorks);
    }

    /** By now everything has been logged: relaying, receiving, ticks, starts and stops. */
    @Test
    @Order(10)
    void nothingOfPosthornIsDoneOutsideTransactions() {
        StatementLog log = ((Postgres) Fixtures.database()).statements();

        for (String database : LOGGED) {
            assertTrue(log.countOfPosthorn(database) > 100, () -> database + " logs its statements");
            assertEquals(List.of(), log.outsideTransactions(database));
        }
    }

    private static void deploy(String name, Archive<?> archive) {
        server.deploy(archive);
        ARCHIVES.put(name, archive);
        DEPLOYED.put(name, new PostClient(server.url(name)));
    }

    private static void undeploy(String name) {
        server.undeploy(ARCHIVES.remove(name));
        DEPLOYED.remove(name);
    }

    /** What it sends in either way arrives once, and nowhere else; what it does not commit leaves nothing. */
    private static List<String> requireThatItWorks(String name) {
        PostClient post = DEPLOYED.get(name);
        String run = name + "-" + UUID.randomUUID();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(run + "-" + i + "a");
            post.send(run + "-" + i + "a");
            sent.add(run + "-" + i + "b");
            post.sendByCounter(run + "-" + i + "b");
        }
        post.changeMind(run + "-never");

        List<String> receipts = sent.stream().map(text -> text + " by " + name).toList();
        await().untilAsserted(() -> assertEquals(receipts, post.receipts(run)));
        await().untilAsserted(() -> assertEquals(
                sent.stream().map(text -> text + " DELIVERED").toList(),
                post.outbox().stream().filter(line -> line.startsWith(run)).toList()));
        assertEquals(sent, post.written(run));
        List<BrokerRecord> records = new Topic(PostApplication.topic(name)).about(run);
        assertEquals(sent, records.stream().map(BrokerRecord::key).sorted().toList());
        records.forEach(sentRecord -> assertEquals("/" + name, sentRecord.header("ce_source")));
        return sent;
    }

    private static List<String> nodes(Database database) {
        return query(database, "SELECT application FROM posthorn_node ORDER BY application");
    }

    private static List<String> query(Database database, String sql) {
        String url = database.url() + "?ApplicationName=" + StatementLog.SUITE;
        try (Connection connection = DriverManager.getConnection(url, database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(TckSettings.patience()).pollInterval(Duration.ofMillis(200));
    }
}
