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

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker is away, or this event can't be sent: the channel tells them apart. */
class PausingTest {

    private final Channel channel = new Channel("channel", Samples.settings(), true, Samples.NODE);
    private static final Exception REFUSED = new Exception("refused");

    private long now;

    @BeforeEach
    void reachMemory() {
        channel.table().readAnswered(requireNonNull(channel.table().nextRead(0)), allOf());
    }

    @Test
    void anAmbiguousFailurePausesTheChannelAndCountsNothing() {
        commit(event("a"), event("b"));
        fail(send());
        assertNull(channel.sends().next(now), "paused");
        assertTrue(retryAndFail(), "nothing is counted");
    }

    @Test
    void aFailureCountsIfAnotherWasAcknowledgedAfterItsSendBegan() {
        Samples.open(channel);
        commit(event("a"), event("b"));
        Send bad = send();
        channel.sends().acknowledged(send());
        fail(bad);
        Send retry = requireNonNull(channel.sends().nextRetry(now));
        commit(event("c"));
        channel.sends().acknowledged(send());
        assertFalse(channel.sends().retriesFailed(retry, Failure.UNCLEAR, REFUSED, true, now));
        assertEquals(1, requireNonNull(channel.table().nextSettlement()).attempts());
    }

    @Test
    void anAcknowledgementBeforeTheSendSaysNothing() {
        commit(event("a"), event("b"));
        channel.sends().acknowledged(send());
        fail(send());
        assertTrue(retryAndFail(), "nothing is counted");
    }

    @Test
    void aFailureAgainAfterOthersWereAcknowledgedCounts() {
        EventEnvelope bad = event("a");
        commit(bad, event("b"));
        fail(send());
        assertTrue(retryAndFail(), "nothing is counted");
        now += 2 * SECOND;
        Send probe = send();
        channel.sends().acknowledged(probe);
        Send again = send();
        assertEquals(bad, again.event());
        fail(again);
        assertFalse(retryAndFail());
        assertNotNull(channel.table().nextSettlement(), "the broker took another one since the first failure");
    }

    @Test
    void whatWasSentBeforeTheTopicTookAnythingIsForgivenOnce() {
        Samples.open(channel);
        EventEnvelope late = event("a");
        commit(late, event("b"));
        Send first = send();
        channel.sends().notAnswered(first, Failure.UNCLEAR, REFUSED, now);
        channel.sends()
                .retriesFailed(requireNonNull(channel.sends().nextRetry(now)), Failure.UNCLEAR, REFUSED, false, now);
        now += 2 * SECOND;
        Send probe = send();
        if (probe.event().equals(late)) {
            channel.sends().sharesAnswer(probe, first);
            channel.sends().notAnswered(probe, Failure.UNCLEAR, REFUSED, now);
            now += 4 * SECOND;
            probe = send();
        }
        channel.sends().acknowledged(probe);
        Send waiting = send();
        assertEquals(late, waiting.event());
        channel.sends().sharesAnswer(waiting, first);
        fail(waiting);
        assertNull(channel.sends().nextRetry(now), "that failure says nothing of today");
        Send again = send();
        assertEquals(late, again.event());
        commit(event("c"));
        channel.sends().acknowledged(send());
        fail(again);
        assertNotNull(channel.sends().nextRetry(now), "this one does");
    }

    @Test
    void whatIsNotAnsweredWhileOthersAreTakenStaysHereUntilItIs() {
        Samples.open(channel);
        commit(event("a"), event("b"));
        Send silent = send();
        channel.sends().acknowledged(send());
        assertTrue(channel.sends().notAnswered(silent, Failure.UNCLEAR, REFUSED, now));
        assertTrue(channel.sends().isUnanswered(silent));
        assertNull(channel.sends().nextRetry(now));
        assertNull(channel.table().nextSettlement(), "nobody else may send it");
        assertTrue(channel.sends().failed(silent, Failure.UNCLEAR, REFUSED, now));
        assertNotNull(channel.sends().nextRetry(now), "now the transport does not have it any more");
    }

    @Test
    void anAttemptOfTheRetrierThatIsNotAnsweredCountsForNothing() {
        Samples.open(channel);
        commit(event("a"), event("b"));
        Send bad = send();
        channel.sends().acknowledged(send());
        fail(bad);
        Send retry = requireNonNull(channel.sends().nextRetry(now));
        channel.sends().handed(retry);
        commit(event("c"));
        channel.sends().acknowledged(send());
        assertFalse(channel.sends().retriesFailed(retry, Failure.UNCLEAR, REFUSED, false, now));
        assertNull(channel.table().nextSettlement(), "the transport still has it");
        assertTrue(channel.sends().failed(retry, Failure.UNCLEAR, REFUSED, now));
        assertEquals(1, requireNonNull(channel.table().nextSettlement()).attempts());
    }

    @Test
    void probesAreRareAndRotate() {
        EventEnvelope one = event("a");
        EventEnvelope other = event("b");
        commit(one, other);
        fail(send());
        retryAndFail();
        boolean oneWasLast = true;
        for (int pauseSeconds : List.of(2, 4, 8, 8)) {
            now += pauseSeconds * SECOND - 1;
            assertNull(channel.sends().next(now), "too early to probe");
            now++;
            Send probe = send();
            assertNull(channel.sends().next(now), "one probe at a time");
            assertEquals(oneWasLast ? other : one, probe.event());
            oneWasLast = !oneWasLast;
            fail(probe);
        }
    }

    @Test
    void anotherTopicIsTriedAtOnce() {
        EventEnvelope other = event("d", "other");
        commit(event("a", "missing"), event("b", "missing"), event("c", "missing"), other);
        fail(send());
        assertFalse(channel.status().paused(), "nobody knows yet");
        assertEquals(other, send().event(), "although other ones of the missing topic are older");
    }

    @Test
    void whatWaitedThroughAPauseAsksAgainWhetherItIsItsTurn() {
        commit(event("a"), event("b"), event("c"));
        fail(send());
        retryAndFail();
        now += 2 * SECOND;
        channel.sends().acknowledged(send());
        assertNull(channel.sends().next(now), "an operator may have decided otherwise meanwhile");
        assertEquals(2, requireNonNull(channel.questions().next(now)).numbers().size());
    }

    @Test
    void whatTakesNothingMakesRoomForWhatIsInTheTableAndCountsNothing() {
        commit(event("a"), event("b"), event("c"), event("d"));
        Ticket overflow = Samples.stored(channel, List.of(event("e", "other")), now);
        assertTrue(overflow.isLeftToTable());
        channel.committed(overflow);
        assertNull(channel.table().nextRead(now), "memory is full");
        fail(send());
        retryAndFail();
        Read others = requireNonNull(channel.table().nextRead(now));
        assertEquals(Set.of("topic"), others.exceptTopics());
        assertEquals(0, channel.status().events());
        assertNull(channel.table().nextSettlement());
    }

    @Test
    void anAcknowledgedProbeEndsThePause() {
        commit(event("a"), event("b"), event("c"));
        fail(send());
        retryAndFail();
        now += 2 * SECOND;
        assertTrue(channel.sends().acknowledged(send()));
        send();
        send();
    }

    @Test
    void aLateAcknowledgementEndsThePauseAndTheEventIsNotSentAgain() {
        commit(event("a"), event("b"));
        Send late = send();
        now += 31 * SECOND;
        assertEquals(List.of(late), channel.sends().timedOut(now));
        fail(late);
        assertNull(channel.sends().next(now));
        assertTrue(channel.sends().acknowledged(late));
        assertNull(channel.sends().nextRetry(now));
        send();
        assertNull(channel.sends().next(now));
    }

    @Test
    void aFailureReportedLateForAnEarlierSendSaysNothing() {
        commit(event("a"));
        Send first = send();
        fail(first);
        retryAndFail();
        now += 2 * SECOND;
        Send second = send();
        fail(first);
        assertTrue(channel.sends().timedOut(now + 31 * SECOND).contains(second), "still under way");
    }

    @Test
    void sendsUnderWayAreBounded() {
        Samples.open(channel);
        commit(event("a"), event("b"), event("c"));
        Send one = send();
        send();
        assertNull(channel.sends().next(now));
        channel.sends().acknowledged(one);
        send();
    }

    private void commit(EventEnvelope... events) {
        channel.committed(Samples.stored(channel, List.of(events), now));
        Samples.letAllGo(channel);
    }

    private void acknowledgeAnother() {
        commit(event(null));
        channel.sends().acknowledged(send());
    }

    private void fail(Send send) {
        channel.sends().failed(send, Failure.UNCLEAR, REFUSED, now);
    }

    private Send send() {
        Samples.letAllGo(channel);
        return requireNonNull(channel.sends().next(now), "something to send");
    }

    private boolean retryAndFail() {
        return channel.sends()
                .retriesFailed(requireNonNull(channel.sends().nextRetry(now)), Failure.UNCLEAR, REFUSED, true, now);
    }
}
