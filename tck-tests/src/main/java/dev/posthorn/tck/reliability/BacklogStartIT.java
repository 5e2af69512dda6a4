package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A node starts where as many events of a dead one wait as {@code start.events} says. Posthorn is not configured at all. */
@Tag("cluster")
@EnabledIfSystemProperty(named = "start.events", matches = ".+")
public class BacklogStartIT {

    private static final int TIMES = 3;
    private static final String TOPIC = "start";
    private static final String MISSING = "start-missing";
    private static final String GHOST = "ghost";
    private static final int OF_THE_LIVING = 1000;
    private static final Duration MOST_DELAY = Duration.ofSeconds(2);
    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WATCH = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int events = Integer.getInteger("start.events", 0);

    @Test
    void firstRequestDoesNotWaitForTheBacklog() {
        try (Cluster empty = cluster("start-without");
                Cluster full = cluster("start-with")) {
            FreightTable table = new FreightTable("start-with");
            List<Duration> without = new ArrayList<>();
            List<Duration> with = new ArrayList<>();
            leaveBehind(empty, new FreightTable("start-without"), 0);
            leaveBehind(full, table, events);
            for (int i = 0; i < TIMES; i++) {
                without.add(timeToFirstRequest(empty));
                empty.node(0).kill9();

                table.forgetNodes();
                long unsent = table.unsent();
                with.add(timeToFirstRequest(full));
                try (Heartbeats heartbeats = new Heartbeats(table)) {
                    LockSupport.parkNanos(WATCH.toNanos());
                    print(
                            "%d events waited, %d after %d s; longest time between heartbeats: %d ms",
                            unsent, table.unsent(), WATCH.toSeconds(), heartbeats.longest());
                    assertTrue(heartbeats.longest() <= NODE_TIMEOUT.toMillis() / 2, "heartbeats");
                }
                full.node(0).kill9();
            }
            print("time to the first request: %s without, %s with the backlog", without, with);
            Duration delay = median(with).minus(median(without));
            assertTrue(delay.compareTo(MOST_DELAY) <= 0, delay::toString);
        }
    }

    @Test
    void anotherNodeIsLeftAlone() {
        TckArchive archive = FreightNode.archive("start-beside", List.of(TOPIC));
        try (Cluster cluster = Cluster.start("start-beside", archive, 1)) {
            FreightTable table = new FreightTable("start-beside");
            new FreightClient(cluster).publish(TOPIC, "first", 1, 1);
            String living = table.onlyNode();
            FreightClient client = new FreightClient(cluster);
            client.publish(MISSING, "living", 1, OF_THE_LIVING);
            table.insert(GHOST, TOPIC, "left", events);

            ServerProcess starting = cluster.grow(archive);
            try (Heartbeats heartbeats = new Heartbeats(table)) {
                LockSupport.parkNanos(WATCH.multipliedBy(2).toNanos());
                print("longest time between heartbeats, of both nodes: %d ms", heartbeats.longest());
                assertTrue(heartbeats.longest() <= NODE_TIMEOUT.toMillis() / 2, "heartbeats");
            }

            assertTrue(table.heartbeats().containsKey(living), "it lives");
            assertEquals(2, table.heartbeats().size(), "nodes");
            assertEquals(OF_THE_LIVING, table.unsentOf(living, MISSING), "what it has");
            for (ServerProcess node : List.of(cluster.node(0), starting)) {
                assertFalse(node.log().contains("POSTHORN-300"), node::log);
            }
        }
    }

    private static void leaveBehind(Cluster cluster, FreightTable table, int count) {
        new FreightClient(cluster).publish(TOPIC, "first", 1, 1);
        cluster.node(0).kill9();
        if (count > 0) {
            table.insert(GHOST, TOPIC, "left", count);
        }
    }

    private static Duration timeToFirstRequest(Cluster cluster) {
        long start = System.nanoTime();
        Thread starter = new Thread(cluster.node(0)::start, "starter");
        starter.start();
        FreightClient client = new FreightClient(cluster);
        Awaitility.await("the first request")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.answers(TOPIC));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        join(starter);
        return took;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a server started", e);
        }
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private static Cluster cluster(String name) {
        return Cluster.start(name, FreightNode.archive(name, List.of(TOPIC)), 1);
    }

    private static void print(String format, Object... values) {
        System.out.println("START " + format.formatted(values));
    }
}
