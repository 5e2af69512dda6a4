package dev.posthorn.channel;

import static dev.posthorn.channel.Samples.SECOND;
import static dev.posthorn.channel.Samples.allOf;
import static dev.posthorn.channel.Samples.event;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a key of Config changes in what a channel does: first for all channels, then for this one alone. */
class ConfiguredChannelTest {

    @Test
    void memoryHoldsSoManyEvents() {
        set("memory.max-events", "3", channel -> {
            assertFalse(stored(channel, 3, 1).isLeftToTable());
            assertTrue(stored(channel, 1, 1).isLeftToTable());
        });
    }

    @Test
    void memoryHoldsSoManyBytes() {
        set("memory.max-bytes", "100", channel -> {
            assertFalse(stored(channel, 1, 100).isLeftToTable());
            assertTrue(stored(channel, 1, 1).isLeftToTable());
        });
    }

    @Test
    void soManySendsAreUnderWayAtOnce() {
        set("in-flight.max-events", "2", channel -> {
            Samples.open(channel);
            commit(channel, 3, 1);
            assertNotNull(channel.sends().next(0));
            assertNotNull(channel.sends().next(0));
            assertNull(channel.sends().next(0));
        });
    }

    @Test
    void soManyBytesAreUnderWayAtOnce() {
        set("in-flight.max-bytes", "100", channel -> {
            Samples.open(channel);
            commit(channel, 3, 50);
            assertNotNull(channel.sends().next(0));
            assertNotNull(channel.sends().next(0));
            assertNull(channel.sends().next(0));
        });
    }

    @Test
    void soManyOfAKeyAreUnderWayAtOnceWhereOrderMayBreak() {
        set("order-may-break.in-flight-per-key", "2", channel -> {
            Samples.open(channel);
            List<EventEnvelope> ofOneKey = List.of(event("a", 1), event("a", 1), event("a", 1));
            channel.committed(Samples.stored(channel, ofOneKey, 0));
            Samples.letAllGo(channel);
            assertNotNull(channel.sends().next(0));
            assertNotNull(channel.sends().next(0));
            assertNull(channel.sends().next(0));
        });
    }

    @Test
    void aSendTimesOut() {
        set("send-timeout", "PT3S", channel -> {
            commit(channel, 1, 1);
            assertNotNull(channel.sends().next(0));
            assertEquals(List.of(), channel.sends().timedOut(3 * SECOND - 1));
            assertEquals(1, channel.sends().timedOut(3 * SECOND).size());
        });
    }

    @Test
    void theFirstPauseIsSoLong() {
        set("pause.min", "PT4S", channel -> {
            pause(channel);
            assertNull(channel.sends().next(8 * SECOND - 1), "the retry failed as well: twice as long");
            assertNotNull(channel.sends().next(8 * SECOND));
        });
    }

    @Test
    void noPauseIsLonger() {
        set("pause.max", "PT2S", channel -> {
            pause(channel);
            long now = 0;
            for (int i = 0; i < 5; i++) {
                now += 2 * SECOND;
                fail(channel, now);
            }
            assertNotNull(channel.sends().next(now + 2 * SECOND));
        });
    }

    @Test
    void afterSoLongItIsLeftToOthersWhoDeliver() {
        set("give-up-after", "PT40S", channel -> {
            pause(channel);
            channel.considerOthers(true, 0);
            fail(channel, 8 * SECOND);
            fail(channel, 30 * SECOND);
            assertEquals(RetreatStep.NONE, channel.considerOthers(true, 40 * SECOND - 1));
            assertEquals(RetreatStep.LEAVE, channel.considerOthers(true, 40 * SECOND));
        });
    }

    @Test
    void soManyEventsAreReadAtOnce() {
        set("read.batch", "7", channel -> {
            channel.wantRead();
            assertEquals(7, requireNonNull(channel.table().nextRead(0)).maxEvents());
        });
    }

    @Test
    void soManyEventsAreMarkedAtOnce() {
        set("mark.batch", "2", channel -> {
            commit(channel, 3, 1);
            for (int i = 0; i < 3; i++) {
                channel.sends().acknowledged(requireNonNull(channel.sends().next(0)));
            }
            assertEquals(2, channel.marks().next().events().size());
            assertEquals(1, channel.marks().next().events().size());
        });
    }

    @Test
    void withoutRetentionNothingIsKept() {
        assertTrue(channel("posthorn.retention", "PT1S").marks().keepsDelivered());
        assertFalse(channel("posthorn.retention", "PT0S").marks().keepsDelivered());
    }

    @Test
    void theLastAttemptIsThisOne() {
        assertTrue(policy("posthorn.retry.max-attempts", "3").isLast(3));
        assertFalse(policy("posthorn.retry.max-attempts", "3").isLast(2));
        assertTrue(policy("posthorn.channel.channel.retry.max-attempts", "3").isLast(3));
        assertTrue(policy("posthorn.event.Sample.retry.max-attempts", "3").isLast(3));
        assertFalse(policy("posthorn.event.Another.retry.max-attempts", "3").isLast(3));
    }

    @Test
    void theFirstDelayIsSoLong() {
        assertEquals(5, delay(1, "posthorn.retry.delay", "PT5S"));
        assertEquals(5, delay(1, "posthorn.channel.channel.retry.delay", "PT5S"));
        assertEquals(5, delay(1, "posthorn.event.Sample.retry.delay", "PT5S"));
        assertEquals(60, delay(1, "posthorn.event.Another.retry.delay", "PT5S"));
    }

    @Test
    void noDelayIsLonger() {
        assertEquals(70, delay(9, "posthorn.retry.max-delay", "PT70S"));
        assertEquals(70, delay(9, "posthorn.channel.channel.retry.max-delay", "PT70S"));
        assertEquals(70, delay(9, "posthorn.event.Sample.retry.max-delay", "PT70S"));
        assertEquals(3600, delay(9, "posthorn.event.Another.retry.max-delay", "PT70S"));
    }

    @Test
    void delaysVary() {
        UUID event = new UUID(1, 2);
        Duration exact = policy("posthorn.retry.jitter", "0").delayAfter(1, event);
        assertEquals(Duration.ofSeconds(60), exact);
        assertTrue(IntStream.range(0, 100)
                .mapToObj(i -> policy("posthorn.retry.jitter", "0.5").delayAfter(1, UUID.randomUUID()))
                .anyMatch(delay -> delay.minus(exact).abs().toSeconds() > 10));
    }

    private static void set(String key, String value, Consumer<Channel> expectation) {
        expectation.accept(channel("posthorn." + key, value));
        expectation.accept(channel("posthorn.channel.channel." + key, value));
    }

    /** In memory, with nothing in hand, and with delays that are exact. */
    private static Channel channel(String... config) {
        Channel channel = new Channel("channel", settings(config), false, Samples.NODE);
        channel.table().readAnswered(requireNonNull(channel.table().nextRead(0)), allOf());
        return channel;
    }

    private static ChannelSettings settings(String... config) {
        return requireNonNull(PosthornConfig.read(MapConfig.of(config), "app", Set.of("channel"), Set.of())
                .channels()
                .get("channel"));
    }

    private static RetryPolicy policy(String... config) {
        return settings(config).retryOf("Sample");
    }

    private static long delay(int attempts, String key, String value) {
        return policy(key, value, "posthorn.retry.jitter", "0")
                .delayAfter(attempts, new UUID(1, 2))
                .toSeconds();
    }

    private static Ticket stored(Channel channel, int events, int size) {
        List<EventEnvelope> all =
                IntStream.range(0, events).mapToObj(i -> event(null, size)).toList();
        return Samples.stored(channel, all, 0);
    }

    private static void commit(Channel channel, int events, int size) {
        channel.committed(stored(channel, events, size));
        Samples.letAllGo(channel);
    }

    private static void pause(Channel channel) {
        commit(channel, 2, 1);
        channel.sends().failed(requireNonNull(channel.sends().next(0)), Failure.BROKER, new Exception("refused"), 0);
        channel.sends()
                .retriesFailed(
                        requireNonNull(channel.sends().nextRetry(0)),
                        Failure.BROKER,
                        new Exception("refused"),
                        true,
                        0);
    }

    private static void fail(Channel channel, long now) {
        Send probe = requireNonNull(channel.sends().next(now));
        channel.sends().failed(probe, Failure.BROKER, new Exception("refused"), now);
    }
}
