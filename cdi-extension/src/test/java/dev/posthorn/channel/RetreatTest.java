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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel fails here: whether its events are left to other nodes depends on how those fare. */
class RetreatTest {

    private static final Exception REFUSED = new Exception("refused");

    private final Channel channel = new Channel("channel", Samples.settings(), true, Samples.NODE);
    private long now;

    @BeforeEach
    void pause() {
        channel.table().readAnswered(requireNonNull(channel.table().nextRead(0)), allOf());
        channel.table().pollDue(0);
        channel.table().nextSearch();
        channel.table().searched(null);
        commit(event("a"), event("b"));
        fail(send());
        channel.sends()
                .retriesFailed(requireNonNull(channel.sends().nextRetry(now)), Failure.BROKER, REFUSED, true, now);
    }

    @Test
    void whatFailsHereWhileOthersDeliverIsLeftToThem() {
        leave();
        assertTrue(channel.status().leftToOthers());
        assertFalse(channel.status().isUsable());
        assertTrue(channel.table().pollGiveUp());
        assertEquals(0, channel.status().events());
        assertFalse(channel.takesMore(), "it would take away what it has given up");
        assertNull(channel.table().nextRead(0));
        assertNull(channel.sends().next(now + 100 * SECOND));
    }

    @Test
    void aBrokerThatIsAwayForAllIsNoReasonToLeave() {
        for (int i = 0; i < 100; i++) {
            assertEquals(RetreatStep.NONE, lookAndFail(false));
        }
    }

    @Test
    void aBrokerThatHasJustComeBackForOthersIsNoReasonEither() {
        for (int i = 0; i < 100; i++) {
            lookAndFail(false);
        }
        for (int i = 0; i < 60 / 8; i++) {
            assertEquals(RetreatStep.NONE, lookAndFail(true));
        }
        now += 8 * SECOND;
        channel.sends().acknowledged(send());
        assertEquals(RetreatStep.NONE, channel.considerOthers(true, now));
    }

    @Test
    void aFailureMayHaveBegunBeforeOthersDelivered() {
        channel.considerOthers(true, now);
        now += 120 * SECOND;
        assertEquals(RetreatStep.NONE, channel.considerOthers(true, now));
        fail(send());
        assertEquals(RetreatStep.NONE, channel.considerOthers(true, now));
        now += 8 * SECOND;
        fail(send());
        assertEquals(RetreatStep.LEAVE, channel.considerOthers(true, now));
    }

    @Test
    void whatIsOnItsWayIsAwaited() {
        lookAndFail(true);
        lookAndFail(true);
        lookAndFail(true);
        now += 60 * SECOND;
        Send underWay = send();
        assertEquals(RetreatStep.LEAVE, channel.considerOthers(true, now));
        assertFalse(channel.table().pollGiveUp(), "it may be acknowledged");
        assertTrue(channel.sends().acknowledged(underWay) || channel.questions().next(now) != null);
        assertFalse(channel.status().leftToOthers());
        assertFalse(channel.table().pollGiveUp());
        assertTrue(channel.takesMore());
    }

    @Test
    void whatIsDeliveredIsMarkedBeforeTheRestIsGivenUp() {
        now += 8 * SECOND;
        channel.sends().acknowledged(send());
        fail(send());
        channel.sends()
                .retriesFailed(requireNonNull(channel.sends().nextRetry(now)), Failure.BROKER, REFUSED, true, now);
        leave();
        assertFalse(channel.table().pollGiveUp());
        channel.marks().marked(channel.marks().next(), now);
        assertTrue(channel.table().pollGiveUp());
    }

    @Test
    void whatIsCommittedMeanwhileIsGivenUpAsWell() {
        leave();
        channel.table().pollGiveUp();
        Ticket ticket = Samples.stored(channel, List.of(event("c")), now);
        assertTrue(ticket.isLeftToTable());
        channel.committed(ticket);
        assertFalse(channel.table().isWanted(now), "commits need not wait for that");
        assertEquals(RetreatStep.NONE, channel.considerOthers(true, now));
        assertTrue(channel.table().isWanted(now));
        assertTrue(channel.table().pollGiveUp());
    }

    @Test
    void ifOthersDontDeliverAnyMoreItIsTriedHere() {
        leave();
        channel.table().pollGiveUp();
        assertEquals(RetreatStep.RETURN, channel.considerOthers(false, now));
        assertTrue(channel.takesMore());
        assertNotNull(channel.table().nextRead(0));
    }

    @Test
    void afterAWhileItIsTriedHereAndOneFailureIsEnough() {
        leave();
        for (int seconds : List.of(60, 120, 240, 480, 600, 600)) {
            channel.table().pollGiveUp();
            now += seconds * SECOND - 1;
            assertEquals(RetreatStep.NONE, channel.considerOthers(true, now), "after " + seconds);
            now++;
            assertEquals(RetreatStep.RETURN, channel.considerOthers(true, now), "after " + seconds);
            assertTrue(channel.status().isUsable());
            assertFalse(channel.takesMore(), "what it takes might have to be given up again");
            assertEquals(RetreatStep.NONE, channel.considerOthers(true, now), "nothing has been tried");
            read(event("a"));
            fail(send());
            assertEquals(RetreatStep.LEAVE, channel.considerOthers(true, now));
        }
    }

    @Test
    void ifItWorksAgainAllIsAsBefore() {
        leave();
        channel.table().pollGiveUp();
        now += 60 * SECOND;
        channel.considerOthers(true, now);
        read(event("a"));
        channel.sends().acknowledged(send());
        assertTrue(channel.takesMore());
        assertTrue(channel.delivers());
        assertFalse(channel.asksForOthers());
    }

    @Test
    void onlyWhoHasDeliveredAndIsNotPausedDelivers() {
        Channel other = new Channel("channel", Samples.settings(), true, Samples.NODE);
        assertFalse(other.delivers());
        assertFalse(channel.delivers());
        now += 2 * SECOND;
        channel.sends().acknowledged(send());
        assertTrue(channel.delivers());
        channel.suspend(true);
        assertFalse(channel.delivers());
    }

    private void leave() {
        RetreatStep step = RetreatStep.NONE;
        for (int i = 0; i < 20 && step == RetreatStep.NONE; i++) {
            step = lookAndFail(true);
        }
        assertEquals(RetreatStep.LEAVE, step);
    }

    private RetreatStep lookAndFail(boolean othersDeliver) {
        now += 8 * SECOND;
        fail(send());
        return channel.considerOthers(othersDeliver, now);
    }

    private void read(EventEnvelope event) {
        channel.table().readAnswered(requireNonNull(channel.table().nextRead(0)), allOf(event));
    }

    private void commit(EventEnvelope... events) {
        channel.committed(Samples.stored(channel, List.of(events), now));
    }

    private void fail(Send send) {
        channel.sends().failed(send, Failure.BROKER, REFUSED, now);
    }

    private Send send() {
        Samples.letAllGo(channel);
        return requireNonNull(channel.sends().next(now), "something to send");
    }
}
