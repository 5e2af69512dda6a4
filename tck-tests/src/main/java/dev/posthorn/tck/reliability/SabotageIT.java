package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.reliability.BrokenRelay.Change;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows that a run without a complaint means something: relays that are broken on purpose are caught. Each needs nodes of its own, so
 * that a build does not run them unless it is told to, by {@code faults.broken}.
 */
@EnabledIfSystemProperty(named = "faults.broken", matches = "true")
public class BrokenRelaysIT {

    private static final String ENGINE = "cdi-extension";
    private static final String STORES = "jpa-outbox";

    private static final int NODES = 3;
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration FAULTS = Duration.ofSeconds(40);

    @AfterEach
    void repair() {
        Fixtures.database().start();
        Fixtures.broker().start();
    }

    @ParameterizedTest
    @MethodSource("relays")
    void isCaught(BrokenRelay relay) {
        long seed = FaultSettings.seed();
        TckArchive archive = relay.addTo(LedgerApplication.on(Database.proxied(LedgerApplication.NAME)));
        List<Strike> schedule =
                Schedule.of(seed, relay.needsFaults() ? FAULTS : Duration.ZERO, FaultSettings.pause(), NODES);
        try (Cluster cluster = Cluster.start("broken", archive.build(), NODES)) {
            Report report = RandomFaults.on(cluster, new LedgerTable(LedgerApplication.NAME), schedule, seed, QUIET);
            System.out.println("FAULTS a relay that " + relay + "\n" + report);
            assertTrue(report.verdict().violations().containsKey(relay.caughtAs()), report::toString);
        }
    }

    static Stream<BrokenRelay> relays() {
        return Stream.of(
                new BrokenRelay(
                        "marks before the acknowledgement",
                        Violation.LOST,
                        true,
                        List.of(new Change(
                                ENGINE,
                                "relay/Relay.java",
                                "answer.whenComplete((done, error) -> answered(send, error));",
                                "acknowledged(send);"))),
                new BrokenRelay(
                        "adopts a living node's rows",
                        Violation.NEEDLESS_DUPLICATE,
                        false,
                        List.of(
                                new Change(STORES, "jpa/Adoption.java", "owners.removeAll(living(em));", ""),
                                new Change(
                                        STORES,
                                        "jpa/Adoption.java",
                                        " AND NOT EXISTS (SELECT 1 FROM %s WHERE id = ?2)",
                                        ""),
                                new Change(
                                        STORES,
                                        "jpa/JpaEventStore.java",
                                        "if (takeOver(adoption",
                                        "if (!owner.equals(node.id()) && takeOver(adoption"))),
                new BrokenRelay(
                        "relays after a rollback",
                        Violation.NOT_COMMITTED,
                        false,
                        List.of(new Change(
                                ENGINE,
                                "store/Storing.java",
                                "relay.rolledBack(ticket);",
                                "relay.committed(ticket);"))),
                new BrokenRelay(
                        "forgets the question across nodes",
                        Violation.OVERTAKEN,
                        false,
                        List.of(new Change(
                                ENGINE,
                                "relay/Turns.java",
                                "if (ahead == null || isAhead(",
                                "if (ahead == null || turn.kind() == Turn.Kind.AFTER_FOREIGN || isAhead("))),
                new BrokenRelay(
                        "overtakes from memory what is in the table",
                        Violation.OVERTAKEN,
                        true,
                        List.of(new Change(
                                ENGINE,
                                "relay/Turns.java",
                                "if (ahead == null || isAhead(",
                                "if (ahead == null || turn.kind() == Turn.Kind.AFTER_OWN || isAhead("))));
    }
}
