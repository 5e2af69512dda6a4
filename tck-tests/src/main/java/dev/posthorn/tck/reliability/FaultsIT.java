package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes under load from writers that wander between them: whatever happens, the consumer gets what was committed. */
public class FaultsIT {

    private static final int NODES = 3;
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static LedgerTable tables;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        assumeTrue(TckSettings.database().equals("postgresql"), "only a database server can be stopped");
        tables = new LedgerTable(LedgerApplication.NAME);
        Database database = Database.proxied(LedgerApplication.NAME);
        cluster = Cluster.start(
                LedgerApplication.NAME, LedgerApplication.on(database).build(), NODES);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void repair() {
        Fixtures.postgres().start();
        Fixtures.broker().start();
    }

    @Test
    void survivesRandomFaults() {
        long seed = FaultSettings.seed();
        List<Strike> schedule = Schedule.of(seed, FaultSettings.duration(), FaultSettings.pause(), NODES);
        System.out.println("FAULTS seed " + seed + ": -Dfaults.seed=" + seed + " repeats these faults");

        Report report = RandomFaults.on(cluster, tables, schedule, seed, QUIET);

        System.out.println(report);
        assertTrue(report.verdict().isClean(), () -> report.toString());
    }
}
