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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Whatever was deployed, has sent and received, and is undeployed, is gone: its threads, its classes, its objects. */
public class RedeploymentIT {

    /** System property: how many times; docs/topologies.md has the figures of twenty. */
    private static final int TIMES = Integer.getInteger("redeployment.times", 4);

    /** A class that each deployment has of its own. */
    private static final String CLASS = "dev.posthorn.runtime.Posthorn";

    private static final long MEBIBYTE = 1L << 20;

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
            List<Long> threads = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                server.deploy(post);
                work(client);
                server.undeploy(post);
                heaps.add(process.heap());
                threads.add((long) process.threads().size());
                System.out.printf(
                        "TCK: redeployment %d: %d class loaders, %d threads, %.1f MiB%n",
                        i + 1, process.loadersOf(CLASS), threads.get(i), (double) heaps.get(i) / MEBIBYTE);
            }

            assertEquals(List.of(), threadsOfPosthorn(process));
            Awaitility.await("class loaders to be collected")
                    .atMost(TckSettings.patience())
                    .until(() -> process.heap() > 0 && process.loadersOf(CLASS) <= 1);
            long growth = (heaps.get(TIMES - 1) - heaps.get(1)) / (TIMES - 2);
            assertTrue(growth < MEBIBYTE, () -> "bytes for each redeployment: " + growth + ", of " + heaps);
        }
    }

    private static void work(PostClient client) {
        String run = UUID.randomUUID().toString();
        client.send(run + "a");
        client.sendByCounter(run + "b");
        Awaitility.await("receipts")
                .atMost(TckSettings.patience())
                .until(() -> client.receipts(run).size() == 2);
    }

    private static List<String> threadsOfPosthorn(JavaProcess process) {
        return process.threads().stream()
                .filter(name -> name.contains("posthorn"))
                .toList();
    }
}
