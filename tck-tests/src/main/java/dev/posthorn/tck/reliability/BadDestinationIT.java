package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A node starts where as many events as {@code destinations.events} says, of a topic that takes nothing, come before healthy ones of ten
 * other topics of the same channel.
 */
@Tag("cluster")
@EnabledIfSystemProperty(named = "destinations.events", matches = ".+")
public class BadDestinationIT {

    private static final int HEALTHY_TOPICS = 10;
    private static final int EVENTS_OF_HEALTHY_TOPIC = 500;
    private static final int PARTITIONS = 3;
    private static final double LEAST_RATE = 0.8;
    private static final long MOST_MEGABYTES_MORE = 60;
    private static final double MOST_PROBES_A_MINUTE = 10;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int events = Integer.getInteger("destinations.events", 0);
    private final Duration window = Duration.parse(System.getProperty("destinations.window", "PT100S"));
    private final KafkaTopics topics = Fixtures.broker().topics();

    @Test
    void missingTopic() {
        String bad = "missing-bad";
        run("missing", bad, () -> topics.create(bad, PARTITIONS));
    }

    @Test
    void forbiddenTopic() {
        String bad = "forbidden-bad";
        topics.create(bad, PARTITIONS);
        topics.forbid(bad);
        run("forbidden", bad, () -> topics.allow(bad));
    }

    private void run(String name, String bad, Runnable cure) {
        List<String> healthy =
                IntStream.range(0, HEALTHY_TOPICS).mapToObj(i -> name + "-" + i).toList();
        try (FreightNode node = new FreightNode(name, healthy)) {
            node.rate(WARM_UP);
            double before = node.rate(window);
            long megabytes = node.megabytes();

            leaveBehind(node, bad, healthy);
            healthyEventsAreDelivered(node);
            node.rate(WARM_UP);
            double meanwhile = node.rate(window);
            badEventsWait(node, bad, megabytes);
            operatorsKnow(node, bad);

            badEventsGoOutInOrder(node, bad, cure);
            double after = node.rate(window);
            print(
                    "%s: healthy events per second: %.0f before, %.0f beside it, %.0f afterwards",
                    bad, before, meanwhile, after);
            assertTrue(meanwhile >= LEAST_RATE * (before + after) / 2, "slower beside it");
        }
    }

    private void leaveBehind(FreightNode node, String bad, List<String> healthy) {
        String dead = node.table().onlyNode();
        node.server().kill9();
        node.table().insert(dead, bad, "bad", events);
        healthy.forEach(topic -> node.table().insert(dead, topic, "good", EVENTS_OF_HEALTHY_TOPIC));
    }

    private void healthyEventsAreDelivered(FreightNode node) {
        long all = node.delivered() + HEALTHY_TOPICS * EVENTS_OF_HEALTHY_TOPIC;
        Stopwatch start = new Stopwatch();
        node.server().start();
        Stopwatch deployment = new Stopwatch();
        await("all healthy events", () -> node.delivered() >= all);
        print(
                "healthy events behind %d: delivered %s after the deployment, %s after the start",
                events, deployment, start);
        assertTrue(deployment.elapsed().compareTo(SOON) <= 0, "late");
    }

    private void badEventsWait(FreightNode node, String bad, long megabytesBefore) {
        long megabytes = node.megabytes();
        long sends = node.sends(bad);
        double minutes = (2 * WARM_UP.toMillis() + window.toMillis()) / 6e4;
        print("%s: sent to %d times in about %.1f minutes", bad, sends, minutes);
        print("%s: heap without garbage: %d MB before, %d MB beside it", bad, megabytesBefore, megabytes);
        assertTrue(sends / minutes <= MOST_PROBES_A_MINUTE, "hammered");
        assertTrue(megabytes - megabytesBefore <= MOST_MEGABYTES_MORE, "memory");
        assertEquals(0, node.table().blamedOf(bad), "events that were blamed");
        assertEquals(events, node.table().unfinishedOf(bad), "events that wait");
    }

    private static void operatorsKnow(FreightNode node, String bad) {
        String health = node.health();
        String log = node.server().log();
        print("%s: %s", bad, health);
        assertTrue(health.contains(bad), health);
        assertTrue(log.lines().anyMatch(line -> line.contains("POSTHORN-2013") && line.contains(bad)), log);
    }

    private void badEventsGoOutInOrder(FreightNode node, String bad, Runnable cure) {
        Stopwatch cured = new Stopwatch();
        cure.run();
        try (Follower follower = new Follower(Fixtures.broker().bootstrapServers(), bad, "bad")) {
            await("a first event", () -> topics.count(List.of(bad)) > 0);
            print("%s: first event %s after the cure", bad, cured);
            await("all of its events", () -> node.table().unfinishedOf(bad) == 0);
            print("%s: all of its events %s after the cure", bad, cured);
            requireInOrder(follower.all());
        }
    }

    private void requireInOrder(List<Delivery> deliveries) {
        Map<String, Long> last = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Delivery each : deliveries) {
            if (ids.add(each.id())) {
                assertEquals(last.getOrDefault(each.key(), 0L) + 1, each.number(), () -> "out of order: " + each);
                last.put(each.key(), each.number());
            }
        }
        assertEquals(events, ids.size(), "events");
        assertEquals(events, deliveries.size(), "deliveries");
    }

    private static void await(String what, BooleanSupplier reached) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(GLANCE).until(reached::getAsBoolean);
    }

    private static void print(String format, Object... values) {
        System.out.println("DESTINATIONS " + format.formatted(values));
    }

    private static final class Stopwatch {

        private final long start = System.nanoTime();

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Override
        public String toString() {
            return "%.1f s".formatted(elapsed().toMillis() / 1e3);
        }
    }
}
