package dev.posthorn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import dev.posthorn.Stub;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.Condition;
import dev.posthorn.channel.HeldDestination;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.config.MapConfig;
import dev.posthorn.node.Membership;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.Held;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxOperatorStore.Overdue;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.OperatorStore.Backlog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogHealthTest {

    private final Map<String, ChannelStatus> channels = new HashMap<>();
    private List<Backlog> backlog = List.of();
    private Held held = new Held(0, 0, 0);
    private List<Overdue> overdue = List.of();
    private Optional<String> consumer = Optional.of("warehouse");
    private Set<String> paused = Set.of();
    private boolean storeFails;
    private boolean inboxStoreFails;
    private boolean running = true;
    private int questions;
    private long now;

    private final Membership membership = new ThisNode(new Node("node", "shop"));

    private final HealthConfig config = HealthConfig.read(
            MapConfig.of(
                    "posthorn.health.backlog",
                    "readiness",
                    "posthorn.health.backlog-age",
                    "PT1M",
                    "posthorn.channel.slow.health.backlog-age",
                    "PT1H"),
            Set.of("orders", "slow"));

    private final BacklogHealth health = healthBy(config);
    private Runnable inTheStore = () -> {};

    private BacklogHealth healthBy(HealthConfig by) {
        return new BacklogHealth(
                () -> Optional.of(storeWithBacklogOnly()),
                membership,
                () -> channels,
                new InboxBacklog(() -> Optional.of(inboxStore()), () -> consumer, () -> paused, by),
                by,
                () -> running,
                () -> now);
    }

    @Test
    void whatWaitsForTooLongIsSeenWithItsAge() {
        waiting("orders", 60, true);
        assertTrue(health.backlog().up());
        assertEquals(60L, health.backlog().data().get("orders.oldest-unsent-seconds"));

        later();
        waiting("orders", 61, true);
        assertFalse(health.backlog().up());
    }

    @Test
    void aChannelMayHaveMoreTime() {
        waiting("slow", 61, true);
        assertTrue(health.backlog().up());

        later();
        waiting("slow", 3601, true);
        assertFalse(health.backlog().up());
    }

    @Test
    void theOldestOfSeveralOwnersCounts() {
        backlog = List.of(
                new Backlog("orders", "one", true, Duration.ofSeconds(70)),
                new Backlog("orders", "other", true, Duration.ofSeconds(10)));

        assertFalse(health.backlog().up());
        assertEquals(70L, health.backlog().data().get("orders.oldest-unsent-seconds"));
    }

    @Test
    void whatNobodyTakesIsSeenEvenWhileItsChannelIsPaused() {
        channels.put("orders", status(true, false));
        waiting("orders", 61, false);

        assertFalse(health.backlog().up());
        assertEquals(61L, health.backlog().data().get("orders.nobodys-oldest-seconds"));
    }

    @Test
    void whatIsDeadAndWhatWaitsForItIsSeenAndNoFault() {
        held = new Held(1, 33, 4);

        assertTrue(health.backlog().up());
        assertEquals(Map.of("dead", 1L, "waiting", 33L, "parked", 4L), outboxDataOf(health.backlog()));
    }

    private static Map<String, Object> outboxDataOf(Verdict verdict) {
        Map<String, Object> data = new HashMap<>(verdict.data());
        data.keySet().removeIf(name -> name.startsWith("received-"));
        return data;
    }

    @Test
    void aPauseIsNoFault() {
        channels.put("orders", status(true, false));
        waiting("orders", 10_000, true);

        assertTrue(health.backlog().up());
        assertEquals(true, health.backlog().data().get("orders.paused"));
    }

    @Test
    void aCancelledChannelIsSeenAtOnce() {
        channels.put("orders", status(false, true));

        assertFalse(health.backlog().up());
        assertEquals(true, health.backlog().data().get("orders.cancelled"));
    }

    @Test
    void topicsThatTakeNothingAreNamedAndTurnNothingRed() {
        HeldDestination missing = new HeldDestination("missing", 0, new IllegalStateException("no such topic"));
        channels.put("orders", new ChannelStatus(Condition.SENDING, true, 0, 0, 0, 0, List.of(missing)));

        assertTrue(health.backlog().up());
        assertEquals(
                "'missing': java.lang.IllegalStateException: no such topic",
                health.backlog().data().get("orders.held"));
    }

    @Test
    void aChannelWhoseEventsAreLeftToOthersIsSeenAtOnce() {
        channels.put("orders", new ChannelStatus(Condition.LEFT, true, 0, 0, 0, 0, List.of()));

        assertFalse(health.backlog().up());
        assertEquals(
                "it fails on this node while others deliver",
                health.backlog().data().get("orders.left-to-others"));
    }

    @Test
    void theStoreIsAskedOnceInAWhileHoweverManyAsk() {
        health.backlog();
        now += BacklogHealth.MEMORY.toNanos() - 1;
        health.backlog();
        assertEquals(1, questions);

        now++;
        health.backlog();
        assertEquals(2, questions);
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoBacklog() {
        storeFails = true;

        assertTrue(health.backlog().up());
        assertTrue(health.backlog().data().containsKey("unknown"));
    }

    @Test
    void aNodeThatHasNotStartedAsksNothing() {
        running = false;

        assertTrue(health.backlog().up());
        assertEquals(0, questions);
    }

    @Test
    void withoutAStoreOnlyTheChannelsAreLookedAt() {
        channels.put("orders", status(false, true));

        assertFalse(new BacklogHealth(
                        Optional::empty,
                        membership,
                        () -> channels,
                        new InboxBacklog(Optional::empty, () -> consumer, () -> paused, config),
                        config,
                        () -> running,
                        () -> now)
                .backlog()
                .up());
    }

    @Test
    void whatIsOverdueInTheInboxForTooLongIsSeenWithItsAge() {
        overdue("orders", 60);
        assertTrue(health.backlog().up());
        assertEquals(60L, health.backlog().data().get("orders.oldest-overdue-seconds"));
        assertEquals(7L, health.backlog().data().get("received-dead"));
        assertEquals(2L, health.backlog().data().get("received-waiting"));
        assertEquals(1L, health.backlog().data().get("received-parked"));

        later();
        overdue("orders", 61);
        assertFalse(health.backlog().up());

        later();
        overdue("slow", 61);
        assertTrue(health.backlog().up());
    }

    @Test
    void aPauseOfAnIncomingChannelIsNoFault() {
        paused = Set.of("orders");
        overdue("orders", 10_000);

        assertTrue(health.backlog().up());
        assertEquals(true, health.backlog().data().get("orders.paused"));
    }

    @Test
    void whoReceivesNothingHasNothingOverdue() {
        consumer = Optional.empty();
        overdue("orders", 10_000);

        assertTrue(health.backlog().up());
        assertFalse(health.backlog().data().containsKey("received-dead"));
    }

    @Test
    void anInboxStoreThatDoesNotAnswerIsNoBacklogAndHidesNone() {
        inboxStoreFails = true;
        assertTrue(health.backlog().up());
        assertTrue(health.backlog().data().containsKey("unknown"));

        later();
        waiting("orders", 61, true);
        assertFalse(health.backlog().up());
    }

    /** A long outage of the broker takes no node out of service that could still serve requests. */
    @Test
    void byDefaultTheBacklogIsShownAndNothingIsRed() {
        BacklogHealth byDefault = healthBy(HealthConfig.read(MapConfig.of(), Set.of("orders")));
        channels.put("other", status(false, true));
        waiting("orders", 301, false);

        Verdict verdict = byDefault.backlog();

        assertTrue(verdict.up());
        assertEquals(301L, verdict.data().get("orders.oldest-unsent-seconds"));
        assertEquals(true, verdict.data().get("orders.too-old"));
        assertEquals(true, verdict.data().get("other.cancelled"));
    }

    /** Else every probe of the platform would keep one of the server's threads. */
    @Test
    void whileTheStoreHangsOthersAreGivenTheLastVerdict() throws InterruptedException {
        waiting("orders", 61, true);
        health.backlog();
        later();
        backlog = List.of();
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        inTheStore = () -> {
            hangs.countDown();
            awaitQuietly(answers);
        };
        Thread probe = new Thread(health::backlog, "probe");
        probe.start();
        awaitQuietly(hangs);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertFalse(health.backlog().up()));

        answers.countDown();
        probe.join();
        assertTrue(health.backlog().up());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theLogShowsABacklogOnceWhenItIsTooOldAndOnceWhenItIsNot() {
        channels.put("orders", new ChannelStatus(Condition.PROBING, true, 3, 30, 0, 0, List.of()));
        try (LogLines log = new LogLines("dev.posthorn.health")) {
            waiting("orders", 61, true);
            health.watch();
            later();
            waiting("orders", 66, true);
            health.watch();
            later();
            backlog = List.of();
            channels.clear();
            health.watch();
            health.watch();

            List<String> lines = log.take();
            assertEquals(2, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("POSTHORN-1031") && lines.get(0).contains("PT1M1S"), lines::toString);
            assertTrue(lines.get(1).contains("POSTHORN-1032"), lines::toString);
        }
    }

    @Test
    void aNodeWithNothingToDoAsksNothingForTheLog() {
        channels.put("orders", status(false, false));
        health.watch();
        assertEquals(0, questions);
    }

    private void overdue(String channel, long seconds) {
        overdue = List.of(new Overdue(channel, Duration.ofSeconds(seconds)));
    }

    private void waiting(String channel, long seconds, boolean ownerLives) {
        backlog = List.of(new Backlog(channel, "owner", ownerLives, Duration.ofSeconds(seconds)));
    }

    private void later() {
        now += BacklogHealth.MEMORY.toNanos();
    }

    private static ChannelStatus status(boolean suspended, boolean cancelled) {
        Condition condition = cancelled ? Condition.CANCELLED : suspended ? Condition.SUSPENDED : Condition.SENDING;
        return new ChannelStatus(condition, true, 0, 0, 0, 0, List.of());
    }

    private InboxOperatorStore inboxStore() {
        return Stub.of(InboxOperatorStore.class, (method, arguments) -> {
            assertEquals("warehouse", arguments[0]);
            if (inboxStoreFails) {
                throw new IllegalStateException("away");
            }
            return method.equals("held") ? new Held(7, 2, 1) : overdue;
        });
    }

    private OperatorStore storeWithBacklogOnly() {
        return Stub.of(OperatorStore.class, (method, arguments) -> {
            if (method.equals("held")) {
                return held;
            }
            assertEquals("backlog", method);
            questions++;
            inTheStore.run();
            if (storeFails) {
                throw new IllegalStateException("away");
            }
            return backlog;
        });
    }
}
