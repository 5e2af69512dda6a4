package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.fate.Moment;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.Postgres;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.Server;
import dev.posthorn.tck.server.ServerDataSource;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Caller;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As the database sees it: data and events are of one transaction, and of one that fails at its COMMIT nothing stays, whoever began it, at
 * whatever moment the event was fired, with a data source for one phase or two. Nothing of Posthorn's is done outside a transaction.
 */
@Tag("everywhere")
@Tag("payara7")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class FatesIT {

    private static final String ONE_PHASE = "onephase";
    private static final String TWO_PHASES = "twophases";
    private static final String BY_DEFAULT = "bydefault";
    private static final String DEFAULT = "java:comp/DefaultDataSource";

    private static final Server SERVER = Server.underTest();
    private static final Map<String, Database> DATABASES = new LinkedHashMap<>();
    private static final Map<String, Fate> FATES = new LinkedHashMap<>();

    private static final Map<String, WebArchive> ARCHIVES = new LinkedHashMap<>();

    private static Postgres postgres;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        assumeTrue(
                Fixtures.database() instanceof Postgres && TckSettings.hasDatabaseServer(), "PostgreSQL alone tells");
        postgres = (Postgres) Fixtures.database();
        Stream.of(ONE_PHASE, TWO_PHASES, BY_DEFAULT).forEach(FatesIT::createDatabase);
        server = ServerProcess.ofSeveral(
                        "fates",
                        Fate.archive(ONE_PHASE, DATABASES.get(ONE_PHASE), SERVER.dataSource(ONE_PHASE))
                                .build(),
                        List.of(
                                new ServerDataSource(ONE_PHASE, DATABASES.get(ONE_PHASE), false),
                                new ServerDataSource(TWO_PHASES, DATABASES.get(TWO_PHASES), true),
                                new ServerDataSource(ServerDataSource.DEFAULT, DATABASES.get(BY_DEFAULT), false)))
                .start();
        deployed(ONE_PHASE);
        deploy(TWO_PHASES, SERVER.dataSource(TWO_PHASES));
        if (SERVER.enlistsDefaultDataSource()) {
            deploy(BY_DEFAULT, DEFAULT);
        }
    }

    private static void createDatabase(String name) {
        DATABASES.put(name, Database.create("fates_" + name));
        postgres.logStatements("fates_" + name);
    }

    private static void deploy(String name, String dataSource) {
        WebArchive archive = Fate.archive(name, DATABASES.get(name), dataSource).build();
        server.deploy(archive);
        ARCHIVES.put(name, archive);
        deployed(name);
    }

    private static void deployed(String name) {
        FATES.put(name, Fate.of(DATABASES.get(name), server.url(name)));
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    static Set<String> applications() {
        return FATES.keySet();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void whatCommitsIsOfOneTransactionAndOneConnection(String application) {
        Fate fate = FATES.get(application);
        assertAll(forEach(Fate.Ending.COMMITTED, (id, caller, moment) -> {
            assertEquals("", fate.buy(id, caller, moment));

            List<String> inserters = new ArrayList<>(fate.purchases(id));
            inserters.addAll(fate.events(id));
            assertEquals(moment == Moment.IN_FLUSH_TOO ? 3 : 2, inserters.size());
            assertEquals(1, Set.copyOf(inserters).size(), () -> "inserted by " + inserters);
        }));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void whatFailsAtItsCommitLeavesNothingAndTheCallerSees(String application) {
        Fate fate = FATES.get(application);
        assertAll(Arrays.stream(Fate.Ending.values())
                .filter(ending -> ending != Fate.Ending.COMMITTED)
                .flatMap(ending -> forEach(ending, (id, caller, moment) -> {
                    assertFalse(fate.buy(id, caller, moment).isEmpty(), "The caller is told of a commit");
                    assertEquals(List.of(), fate.purchases(id));
                    assertEquals(List.of(), fate.events(id));
                })));
        requireNothingSentOfFailures(fate);
    }

    /** What is sent after it arrives, so what would have been sent has had its chance. */
    private static void requireNothingSentOfFailures(Fate fate) {
        String sentinel = Fate.Ending.COMMITTED + "-" + UUID.randomUUID();
        assertEquals("", fate.buy(sentinel, Caller.TRANSACTIONAL, Moment.USUAL));
        Topic orders = new Topic("orders");
        orders.awaitOne(sentinel);
        assertEquals(
                List.of(),
                orders.about("\"order\":").stream()
                        .map(BrokerRecord::key)
                        .filter(Objects::nonNull)
                        .filter(FatesIT::isOfFailure)
                        .toList());
    }

    /** Other tests write to the same topic, with keys of their own. */
    private static boolean isOfFailure(String key) {
        return Arrays.stream(Fate.Ending.values())
                .filter(ending -> ending != Fate.Ending.COMMITTED)
                .anyMatch(ending -> key.startsWith(ending + "-"));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void anOperatorsCallInATransactionThatFailsCommitsNothingOfIt(String application) {
        Fate fate = FATES.get(application);
        assertAll(Arrays.stream(Caller.values()).map(caller -> () -> {
            String id = newId(Fate.Ending.COMMITTED);

            String seen = fate.operateAndFail(id, caller);

            assertTrue(seen.contains("the business changed its mind"), seen);
            assertEquals(List.of(), fate.purchases(id), caller::name);
        }));
    }

    @Test
    void aDataSourceThatIsNotInTransactionsIsADeploymentErrorThatNamesTheCure() {
        assumeFalse(SERVER.enlistsDefaultDataSource(), "the server's default data source is in transactions");
        var archive =
                Fate.archive(BY_DEFAULT, DATABASES.get(BY_DEFAULT), DEFAULT).build();

        String refused = assertThrows(IllegalStateException.class, () -> server.deploy(archive))
                .getMessage();

        assertTrue(refused.contains("POSTHORN-JPA-12: What was written while a transaction completed"), refused);
        assertTrue(refused.contains("one of the server by its own name, such as jdbc/shop"), refused);
    }

    /** By now all of the above has been logged. */
    @ParameterizedTest
    @MethodSource("applications")
    @Order(Integer.MAX_VALUE - 1)
    void nothingOfPosthornIsDoneOutsideTransactions(String application) {
        Fate fate = FATES.get(application);
        String id = newId(Fate.Ending.COMMITTED);
        fate.buy(id, Caller.EJB, Moment.USUAL);
        Trade.await().until(() -> fate.isMarked(id));
        String name = "fates_" + application;
        assertTrue(postgres.statements().countOfPosthorn(name) > 20, "The database logs its statements");

        assertEquals(List.of(), postgres.statements().outsideTransactions(name));
    }

    /** With posthorn.stop.timeout=PT5S. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aHeartbeatThatHangsInTheDatabaseDoesNotHoldUpTheStop() throws Exception {
        try (Connection holder = postgres.connect("fates_" + TWO_PHASES, TckSettings.patience());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            for (String sql : postgres.lock("posthorn_node")) {
                statement.execute(sql);
            }
            Trade.await().until(() -> FATES.get(TWO_PHASES).waitsForALock());

            server.undeploy(ARCHIVES.get(TWO_PHASES));

            assertTrue(server.log().contains("POSTHORN-1011"), "It does not say what it has left behind");
        }
    }

    private static Stream<Executable> forEach(Fate.Ending ending, Case test) {
        return Arrays.stream(Caller.values())
                .flatMap(caller -> Arrays.stream(Moment.values()).map(moment -> () -> {
                    String what = caller + " " + moment + " " + ending;
                    assertAll(what, () -> test.run(newId(ending), caller, moment));
                }));
    }

    private static String newId(Fate.Ending ending) {
        return ending + "-" + UUID.randomUUID();
    }

    private interface Case {

        void run(String id, Caller caller, Moment moment);
    }
}
