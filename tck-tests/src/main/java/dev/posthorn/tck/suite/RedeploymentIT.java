package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.fixture.JavaProcess;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.Server;
import dev.posthorn.tck.server.ServerDataSource;
import dev.posthorn.tck.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever was deployed, has sent and received, and is undeployed, is gone: its threads, its classes, its objects. */
@Tag("redeployment")
public class RedeploymentIT {

    /** System property: how many times; docs/topologies.md has the figures of twenty. */
    private static final int TIMES = Integer.getInteger("redeployment.times", 5);

    /** A class that each deployment has of its own. */
    private static final String CLASS = "dev.posthorn.runtime.Posthorn";

    /**
     * JDK 17 keeps the last record that was compared ({@code ObjectMethods.OBJECT_EQ}), and idle threads of servers' pools keep what
     * they did last.
     */
    private static final int KEPT = 3;

    private static final long MEBIBYTE = 1L << 20;

    /** Less than twice what one deployment holds; the server's own caches come and go. */
    private static final long GROWTH = 10 * MEBIBYTE;

    @Test
    void redeploymentsLeaveNothingBehind() {
        Database database = Database.create("redeployment");
        WebArchive idle = ShrinkWrap.create(WebArchive.class, "idle.war").addClass(TckApplication.class);
        WebArchive post = PostApplication.named(
                        "comesandgoes", database, Server.underTest().dataSource("coming"))
                .build();
        try (ServerProcess server = ServerProcess.ofSeveral(
                        "redeployment", idle, List.of(new ServerDataSource("coming", database, false)))
                .start()) {
            JavaProcess process = new JavaProcess(server.pid());
            PostClient client = new PostClient(server.url("comesandgoes"));
            List<Long> heaps = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                server.deploy(post);
                work(client);
                server.undeploy(post);
                heaps.add(process.heap());
                System.out.printf(
                        "TCK: redeployment %d: %.1f MiB, %d class loaders, %d threads%n",
                        i + 1,
                        (double) heaps.get(i) / MEBIBYTE,
                        process.loadersOf(CLASS),
                        process.threads().size());
            }

            await("threads to end").untilAsserted(() -> assertEquals(List.of(), threadsOfApplications(process)));
            await("class loaders to be collected").until(() -> {
                keepBusy(server);
                return process.heap() > 0 && process.loadersOf(CLASS) <= KEPT;
            });
            long early = least(heaps.subList(0, (TIMES + 1) / 2));
            long late = least(heaps.subList(TIMES / 2, TIMES));
            assertTrue(late <= early + GROWTH, () -> "the heap grows: " + heaps);
        }
    }

    private static long least(List<Long> heaps) {
        return heaps.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(TckSettings.patience()).pollInterval(Duration.ofSeconds(1));
    }

    /** Gives threads of the server something else to have done last. */
    private static void keepBusy(ServerProcess server) {
        PostClient idle = new PostClient(server.url());
        IntStream.range(0, 50).parallel().forEach(i -> idle.isThere());
    }

    private static void work(PostClient client) {
        String run = UUID.randomUUID().toString();
        client.send(run + "a");
        client.sendByCounter(run + "b");
        await("receipts")
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.receipts(run).size() == 2);
    }

    /** Posthorn's, and those of its channels; what the server's pools have is the server's. */
    private static List<String> threadsOfApplications(JavaProcess process) {
        return process.threads().stream()
                .filter(name -> name.contains("posthorn") || name.contains("kafka"))
                .toList();
    }
}
