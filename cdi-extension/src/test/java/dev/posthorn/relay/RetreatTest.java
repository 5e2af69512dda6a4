package dev.posthorn.relay;

import static dev.posthorn.relay.Samples.SECOND;
import static dev.posthorn.relay.Samples.allOf;
import static dev.posthorn.relay.Samples.event;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.relay.ChannelRelay.Send;
import dev.posthorn.relay.Retreat.Step;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel fails here: whether its events are left to other nodes depends on how those fare. */
class RetreatTest {

    private static final Exception REFUSED = new Exception("refused");

    private final ChannelRelay channel = new ChannelRelay("channel", Samples.settings(), true, Samples.NODE);
    private long now;

    @BeforeEach
    void pause() {
        channel.readAnswered(requireNonNull(channel.nextRead()), allOf());
        channel.takeDue(0);
        channel.takeSearch();
        commit(event("a"), event("b"));
        fail(send());
        channel.retriesFailed(requireNonNull(channel.nextRetry(now)), Failure.BROKER, REFUSED, now);
    }

    @Test
    void whatFailsHereWhileOthersDeliverIsLeftToThem() {
        leave();
        assertTrue(channel.status().leftToOthers());
        assertFalse(channel.status().isUsable());
        assertTrue(channel.takeGiveUp());
        assertEquals(0, channel.status().events());
        assertFalse(channel.takesMore(), "it would take away what it has given up");
        assertNull(channel.nextRead());
        assertNull(channel.nextSend(now + 100 * SECOND));
    }

    @Test
    void aBrokerThatIsAwayForAllIsNoReasonToLeave() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Step.NONE, lookAndFail(false));
        }
    }

    @Test
    void aBrokerThatHasJustComeBackForOthersIsNoReasonEither() {
        for (int i = 0; i < 100; i++) {
            lookAndFail(false);
        }
        for (int i = 0; i < 60 / 8; i++) {
            assertEquals(Step.NONE, lookAndFail(true));
        }
        now += 8 * SECOND;
        channel.acknowledged(send());
        assertEquals(Step.NONE, channel.look(true, now));
    }

    @Test
    void aFailureMayHaveBegunBeforeOthersDelivered() {
        channel.look(true, now);
        now += 120 * SECOND;
        assertEquals(Step.NONE, channel.look(true, now));
        fail(send());
        assertEquals(Step.NONE, channel.look(true, now));
        now += 8 * SECOND;
        fail(send());
        assertEquals(Step.LEAVE, channel.look(true, now));
    }

    @Test
    void whatIsOnItsWayIsAwaited() {
        lookAndFail(true);
        lookAndFail(true);
        lookAndFail(true);
        now += 60 * SECOND;
        Send underWay = send();
        assertEquals(Step.LEAVE, channel.look(true, now));
        assertFalse(channel.takeGiveUp(), "it may be acknowledged");
        assertTrue(channel.acknowledged(underWay) || channel.nextQuestion(now) != null);
        assertFalse(channel.status().leftToOthers());
        assertFalse(channel.takeGiveUp());
        assertTrue(channel.takesMore());
    }

    @Test
    void whatIsDeliveredIsMarkedBeforeTheRestIsGivenUp() {
        now += 8 * SECOND;
        channel.acknowledged(send());
        fail(send());
        channel.retriesFailed(requireNonNull(channel.nextRetry(now)), Failure.BROKER, REFUSED, now);
        leave();
        assertFalse(channel.takeGiveUp());
        channel.marked(channel.nextMarks(), now);
        assertTrue(channel.takeGiveUp());
    }

    @Test
    void whatIsCommittedMeanwhileIsGivenUpAsWell() {
        leave();
        channel.takeGiveUp();
        Ticket ticket = channel.ticket(Samples.NODE, List.of(event("c")), now);
        assertTrue(ticket.isLeftToTable());
        channel.committed(ticket);
        assertFalse(channel.wantsTable(now), "commits need not wait for that");
        assertEquals(Step.NONE, channel.look(true, now));
        assertTrue(channel.wantsTable(now));
        assertTrue(channel.takeGiveUp());
    }

    @Test
    void ifOthersDontDeliverAnyMoreItIsTriedHere() {
        leave();
        channel.takeGiveUp();
        assertEquals(Step.RETURN, channel.look(false, now));
        assertTrue(channel.takesMore());
        assertNotNull(channel.nextRead());
    }

    @Test
    void afterAWhileItIsTriedHereAndOneFailureIsEnough() {
        leave();
        for (int seconds : List.of(60, 120, 240, 480, 600, 600)) {
            channel.takeGiveUp();
            now += seconds * SECOND - 1;
            assertEquals(Step.NONE, channel.look(true, now), "after " + seconds);
            now++;
            assertEquals(Step.RETURN, channel.look(true, now), "after " + seconds);
            assertTrue(channel.status().isUsable());
            assertFalse(channel.takesMore(), "what it takes might have to be given up again");
            assertEquals(Step.NONE, channel.look(true, now), "nothing has been tried");
            read(event("a"));
            fail(send());
            assertEquals(Step.LEAVE, channel.look(true, now));
        }
    }

    @Test
    void ifItWorksAgainAllIsAsBefore() {
        leave();
        channel.takeGiveUp();
        now += 60 * SECOND;
        channel.look(true, now);
        read(event("a"));
        channel.acknowledged(send());
        assertTrue(channel.takesMore());
        assertTrue(channel.delivers());
        assertFalse(channel.asksForOthers());
    }

    @Test
    void onlyWhoHasDeliveredAndIsNotPausedDelivers() {
        ChannelRelay other = new ChannelRelay("channel", Samples.settings(), true, Samples.NODE);
        assertFalse(other.delivers());
        assertFalse(channel.delivers());
        now += 2 * SECOND;
        channel.acknowledged(send());
        assertTrue(channel.delivers());
        channel.suspend(true);
        assertFalse(channel.delivers());
    }

    private void leave() {
        Step step = Step.NONE;
        for (int i = 0; i < 20 && step == Step.NONE; i++) {
            step = lookAndFail(true);
        }
        assertEquals(Step.LEAVE, step);
    }

    private Step lookAndFail(boolean othersDeliver) {
        now += 8 * SECOND;
        fail(send());
        return channel.look(othersDeliver, now);
    }

    private void read(EventEnvelope event) {
        channel.readAnswered(requireNonNull(channel.nextRead()), allOf(event));
    }

    private void commit(EventEnvelope... events) {
        channel.committed(channel.ticket(Samples.NODE, List.of(events), now));
    }

    private void fail(Send send) {
        channel.failed(send, Failure.BROKER, REFUSED, now);
    }

    private Send send() {
        Samples.letAllGo(channel);
        return requireNonNull(channel.nextSend(now), "something to send");
    }
}
