package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three nodes under load from writers that wander between them: whatever happens, the consumer gets what was committed. As during a rolling
 * upgrade, one of them has a next release of Posthorn, which has changed the tables, and the others do not.
 */
@Tag("cluster")
public class FaultsIT {

    private static final int NODES = 3;
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long SEED = 1;

    private static final KafkaBroker BROKER = Fixtures.broker();

    private static Database database;
    private static LedgerTable tables;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        assumeTrue(TckSettings.hasDatabaseServer(), "only a database server can be stopped");
        tables = new LedgerTable(LedgerApplication.NAME);
        database = Database.proxied(LedgerApplication.NAME);
        cluster = Cluster.start(LedgerApplication.NAME, LedgerApplication.on(database), NODES - 1);
        cluster.grow(LedgerApplication.withNextReleaseOn(database));
        assertEquals(2, tables.version());
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void repair() {
        Fixtures.database().start();
        BROKER.start();
    }

    @Test
    void survivesRandomFaults() {
        long seed = FaultSettings.seed();
        System.out.println("FAULTS seed " + seed + ": -Dfaults.seed=" + seed + " repeats these faults");

        Report report = RandomFaults.on(cluster, tables, FaultSettings.duration(), seed, QUIET);

        System.out.println(report);
        assertTrue(report.verdict().isClean(), report::toString);
    }

    @Test
    void frozenNodeIsReplacedWithinTheTimeoutAndGoesOnAsANewOne() {
        try (Experiment experiment = Experiment.start(cluster, tables, SEED)) {
            experiment.awaitWrites(50);
            ServerProcess frozen = cluster.node(0);
            Incidents.Incident frost = experiment.incidents().begin(Fault.FREEZE_NODE);
            BROKER.freeze();
            try {
                await().until(() -> tables.isOwner(
                        LedgerApplication.nodeId(frozen), experiment.trial().name()));
                frozen.freeze();
            } finally {
                BROKER.thaw();
            }
            String id = LedgerApplication.nodeId(frozen);
            try {
                Awaitility.await("take-over of the frozen node's events")
                        .atMost(LedgerApplication.TAKE_OVER)
                        .until(() -> !tables.isOwner(id, experiment.trial().name()));
                experiment.awaitWrites(50);
            } finally {
                frozen.thaw();
                frost.close();
            }
            await().until(() -> !LedgerApplication.nodeId(frozen).equals(id)
                    && tables.nodes().size() == NODES);
            experiment.awaitWrites(50);

            requireClean(experiment);
        }
    }

    /** On request, to save time: StopIT stops a node under load in every build. */
    @Test
    @EnabledIfSystemProperty(named = "faults.rolling", matches = "true")
    void rollingRestartUnderLoadLosesNothing() {
        try (Experiment experiment = Experiment.start(cluster, tables, SEED)) {
            restart(experiment, List.of(cluster.node(0)));
            // Two at once, since that takes less time than one after the other.
            restart(experiment, List.of(cluster.node(1), cluster.node(2)));
            experiment.awaitWrites(50);

            requireClean(experiment);
        }
    }

    @Test
    void newVersionOfTheApplicationJoinsAndItsChannelIsItsOwn() {
        TckArchive newVersion = LedgerApplication.newVersionOn(database);
        try (Experiment experiment = Experiment.start(cluster, tables, SEED)) {
            ServerProcess added = cluster.grow(newVersion);
            assertTrue(added.log().contains("POSTHORN-JPA-20"), "the tables are newer than its Posthorn");
            experiment.awaitWrites(50);
            try (Novelties novelties = new Novelties(added, experiment.trial().name() + "-new")) {
                Incidents.Incident death = experiment.incidents().begin(Fault.KILL_NODE);
                BROKER.freeze();
                try {
                    novelties.fire(20);
                    added.kill9();
                } finally {
                    BROKER.thaw();
                }
                // The others send what they can, whatever its type, and leave the rest to those who can.
                assertEquals(numbers(20), novelties.awaitShared(20));
                experiment.awaitWrites(50);
                assertEquals(List.of(), novelties.own());
                assertEquals(20, tables.unfinished(novelties.ownKey()).size());
                added.start();
                death.close();
                assertEquals(numbers(20), novelties.awaitOwn(20));
            }
            requireClean(experiment);
            cluster.remove(added);
        }
    }

    private static void restart(Experiment experiment, List<ServerProcess> nodes) {
        experiment.awaitWrites(50);
        try (Incidents.Incident restart = experiment.incidents().begin(Fault.RESTART_NODE)) {
            nodes.forEach(ServerProcess::stop);
            ServerProcess.startAll(nodes);
        }
    }

    private static List<Long> numbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static void requireClean(Experiment experiment) {
        experiment.endOfLoad();
        experiment.drain(PATIENCE);
        Verdict verdict = experiment.verdict();
        System.out.println("FAULTS " + verdict);
        assertTrue(verdict.isClean(), verdict::toString);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
