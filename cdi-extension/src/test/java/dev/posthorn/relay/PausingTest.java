package dev.posthorn.relay;

import static dev.posthorn.relay.Samples.SECOND;
import static dev.posthorn.relay.Samples.allOf;
import static dev.posthorn.relay.Samples.event;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.relay.ChannelRelay.CountedFailure;
import dev.posthorn.relay.ChannelRelay.Send;
import dev.posthorn.spi.EventEnvelope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker is away, or this event can't be sent: the channel tells them apart. */
class PausingTest {

    private final ChannelRelay channel = new ChannelRelay("channel", Samples.settings(), true, Samples.NODE);
    private long now;

    @BeforeEach
    void reachMemory() {
        channel.readAnswered(requireNonNull(channel.nextRead()), allOf(), 0);
        channel.readAnswered(requireNonNull(channel.nextRead()), allOf(), 0);
    }

    @Test
    void anAmbiguousFailurePausesTheChannelAndCountsNothing() {
        commit(event("a"), event("b"));
        channel.failed(send(), now);
        assertNull(channel.nextSend(now), "paused");
        assertNull(retryAndFail());
    }

    @Test
    void aFailureCountsIfAnotherWasAcknowledgedAfterItsSendBegan() {
        commit(event("a"), event("b"));
        Send bad = send();
        channel.acknowledged(send());
        channel.failed(bad, now);
        Send retry = requireNonNull(channel.nextRetry(now));
        commit(event("c"));
        channel.acknowledged(send());
        CountedFailure failure = requireNonNull(channel.retriesFailed(retry, new Exception("refused"), now));
        assertEquals(1, failure.attempts());
    }

    @Test
    void anAcknowledgementBeforeTheSendSaysNothing() {
        commit(event("a"), event("b"));
        channel.acknowledged(send());
        channel.failed(send(), now);
        assertNull(retryAndFail());
    }

    @Test
    void aFailureAgainAfterOthersWereAcknowledgedCounts() {
        EventEnvelope bad = event("a");
        commit(bad, event("b"));
        channel.failed(send(), now);
        assertNull(retryAndFail());
        now += 2 * SECOND;
        Send probe = send();
        channel.acknowledged(probe);
        Send again = send();
        assertEquals(bad, again.event());
        channel.failed(again, now);
        assertNotNull(retryAndFail(), "the broker took another one since the first failure");
    }

    @Test
    void probesAreRareAndRotate() {
        EventEnvelope one = event("a");
        EventEnvelope other = event("b");
        commit(one, other);
        channel.failed(send(), now);
        retryAndFail();
        boolean oneWasLast = true;
        for (int pauseSeconds : List.of(2, 4, 8, 8)) {
            now += pauseSeconds * SECOND - 1;
            assertNull(channel.nextSend(now), "too early to probe");
            now++;
            Send probe = send();
            assertNull(channel.nextSend(now), "one probe at a time");
            assertEquals(oneWasLast ? other : one, probe.event());
            oneWasLast = !oneWasLast;
            channel.failed(probe, now);
        }
    }

    @Test
    void anAcknowledgedProbeEndsThePause() {
        commit(event("a"), event("b"), event("c"));
        channel.failed(send(), now);
        retryAndFail();
        now += 2 * SECOND;
        assertTrue(channel.acknowledged(send()));
        send();
        send();
    }

    @Test
    void aLateAcknowledgementEndsThePauseAndTheEventIsNotSentAgain() {
        commit(event("a"), event("b"));
        Send late = send();
        now += 31 * SECOND;
        assertEquals(List.of(late), channel.timedOut(now));
        channel.failed(late, now);
        assertNull(channel.nextSend(now));
        assertTrue(channel.acknowledged(late));
        assertNull(channel.nextRetry(now));
        send();
        assertNull(channel.nextSend(now));
    }

    @Test
    void aFailureReportedLateForAnEarlierSendSaysNothing() {
        commit(event("a"));
        Send first = send();
        channel.failed(first, now);
        retryAndFail();
        now += 2 * SECOND;
        Send second = send();
        channel.failed(first, now);
        assertTrue(channel.timedOut(now + 31 * SECOND).contains(second), "still under way");
    }

    @Test
    void countedFailuresDelayTheEventEverLongerAndItsKeyWaits() {
        commit(event("a"), event("a"));
        for (int seconds : List.of(2, 4, 8, 16, 32, 60, 60)) {
            Send bad = send();
            acknowledgeAnother();
            channel.failed(bad, now);
            Send retry = requireNonNull(channel.nextRetry(now));
            acknowledgeAnother();
            channel.retriesFailed(retry, new Exception("refused"), now);
            now += seconds * SECOND - 1;
            channel.wakeDelayed(now);
            assertNull(channel.nextSend(now));
            now++;
            channel.wakeDelayed(now);
        }
    }

    @Test
    void sendsUnderWayAreBounded() {
        commit(event("a"), event("b"), event("c"));
        Send one = send();
        send();
        assertNull(channel.nextSend(now));
        channel.acknowledged(one);
        send();
    }

    private void commit(EventEnvelope... events) {
        channel.committed(channel.ticket(Samples.NODE, List.of(events)));
    }

    private void acknowledgeAnother() {
        commit(event(null));
        channel.acknowledged(send());
    }

    private Send send() {
        return requireNonNull(channel.nextSend(now), "something to send");
    }

    private @Nullable CountedFailure retryAndFail() {
        return channel.retriesFailed(requireNonNull(channel.nextRetry(now)), new Exception("refused"), now);
    }
}
