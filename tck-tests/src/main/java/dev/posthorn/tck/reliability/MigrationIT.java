package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The step from the tables of before there were versions, as UPGRADING.md says it, in the middle of the load: three nodes are stopped with
 * events unsent, their tables are migrated, and three of today go on. {@code migration.before} is a directory with the jars of the last
 * commit with these tables.
 */
@Tag("cluster")
@EnabledIfSystemProperty(named = "migration.before", matches = ".+")
public class MigrationIT {

    private static final int NODES = 3;
    private static final int WRITES = 200;
    private static final long SEED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path SCRIPTS = Path.of("../../docs/upgrading");

    private final LedgerTable tables = new LedgerTable(LedgerApplication.NAME);

    @Test
    void whatIsLeftIsDeliveredInOrderByTheNewVersion() {
        Database database = Database.proxied(LedgerApplication.NAME);
        TckArchive before = LedgerApplication.on(database, jars(Path.of(System.getProperty("migration.before"))));
        try (Cluster cluster = Cluster.start(LedgerApplication.NAME, before, NODES);
                Experiment experiment = Experiment.start(cluster, tables, SEED)) {
            experiment.awaitWrites(WRITES);
            try (Incidents.Incident stop = experiment.incidents().begin(Fault.RESTART_NODE)) {
                List<ServerProcess> nodes =
                        IntStream.range(0, NODES).mapToObj(cluster::node).toList();
                stopWithEventsUnsent(nodes, experiment);
                migrate();
                cluster.grow(LedgerApplication.on(database), NODES);
                nodes.forEach(cluster::remove);
            }
            experiment.awaitWrites(WRITES);
            experiment.endOfLoad();
            experiment.drain(PATIENCE);

            Verdict verdict = experiment.verdict();
            System.out.println("MIGRATION " + experiment.load() + ", " + verdict);
            assertTrue(verdict.isClean(), verdict::toString);
        }
    }

    private static void stopWithEventsUnsent(List<ServerProcess> nodes, Experiment experiment) {
        try (Incidents.Incident frost = experiment.incidents().begin(Fault.FREEZE_BROKER)) {
            Fixtures.broker().freeze();
            try {
                experiment.awaitWrites(WRITES);
                nodes.forEach(ServerProcess::stop);
            } finally {
                Fixtures.broker().thaw();
            }
        }
    }

    private void migrate() {
        tables.script(script("-1-before"));
        tables.script(script("-inbox-1-before"));
        tables.script(firstVersion());
        tables.script(script("-2-after"));
        tables.script(script("-inbox-2-after"));
        System.out.println("MIGRATION unsent behind it: " + tables.countUnfinished(""));
        assertNotEquals(0, tables.countUnfinished(""));
    }

    private static String firstVersion() {
        String script = "/dev/posthorn/jpa/ddl/" + TckSettings.database() + "/V1__posthorn.sql";
        try (InputStream stream = JpaEventStore.class.getResourceAsStream(script)) {
            return new String(Objects.requireNonNull(stream, script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script(String part) {
        try {
            return Files.readString(SCRIPTS.resolve(TckSettings.database() + part + ".sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File[] jars(Path directory) {
        File[] jars = directory.toFile().listFiles((folder, name) -> name.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException("There are no jars in " + directory.toAbsolutePath());
        }
        return jars;
    }
}
