package dev.posthorn.relay;

import static dev.posthorn.relay.Samples.SECOND;
import static dev.posthorn.relay.Samples.allOf;
import static dev.posthorn.relay.Samples.event;
import static dev.posthorn.relay.Samples.someOf;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.relay.ChannelRelay.Read;
import dev.posthorn.relay.ChannelRelay.Send;
import dev.posthorn.relay.Intake.Mode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Unsent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final ChannelRelay channel = new ChannelRelay("channel", Samples.settings(), true, Samples.NODE);

    @Test
    void twoReadsThatFindNothingLeadFromTheStartToMemory() {
        assertEquals(Mode.TABLE, mode());
        read(allOf());
        assertEquals(Mode.CATCHING_UP, mode());
        read(allOf());
        assertEquals(Mode.MEMORY, mode());
        assertNull(channel.nextRead());
    }

    @Test
    void inMemoryACommitIsSentWithoutARead() {
        reachMemory();
        EventEnvelope event = event("a");
        channel.committed(stored(event));
        assertFalse(channel.wantsRead());
        assertEquals(event, next());
    }

    @Test
    void whatIsRolledBackIsNeverSent() {
        reachMemory();
        channel.rolledBack(stored(event("a")));
        assertNull(next());
        assertEquals(0, channel.load().events());
        assertTrue(channel.inHand().isEmpty());
    }

    @Test
    void whatDoesNotFitIsLeftToTheTableAndSoIsAllThatFollows() {
        reachMemory();
        channel.committed(stored(event("a"), event("b"), event("c")));
        Ticket tooMuch = stored(event("a"), event("b"));
        Ticket small = stored(event("c"));
        assertTrue(tooMuch.isLeftToTable());
        assertTrue(small.isLeftToTable());
        assertEquals(Mode.TABLE, mode());
    }

    @Test
    void bytesAreBoundedToo() {
        reachMemory();
        assertTrue(stored(event("a", 41)).isLeftToTable());
    }

    @Test
    void memoryIsNotTrustedBeforeTransactionsThatLeftTheirEventsToTheTableHaveEnded() {
        Ticket early = stored(event("a"));
        read(allOf());
        EventEnvelope late = event("a");
        Ticket heldBack = stored(late);
        channel.committed(heldBack);
        assertNull(channel.nextRead(), "the early transaction has not ended");
        assertNull(next());
        channel.committed(early);
        EventEnvelope first = event("a");
        read(allOf(first));
        assertEquals(Mode.MEMORY, mode());
        assertEquals(first, acknowledgeNext());
        assertEquals(late, acknowledgeNext());
    }

    @Test
    void impatienceLeavesWhatWasHeldToTheTable() {
        Ticket early = stored(event("a"));
        read(allOf());
        Ticket heldBack = stored(event("a"));
        channel.checkPatience(2 * SECOND);
        assertEquals(Mode.TABLE, mode());
        assertTrue(heldBack.isLeftToTable());
        assertEquals(0, channel.load().events());
        channel.committed(heldBack);
        channel.committed(early);
        assertTrue(channel.wantsRead());
    }

    @Test
    void aLongTransactionDoesNotMakeOthersWaitAgainAndAgain() {
        Ticket veryLong = stored(event("a"));
        read(allOf());
        channel.checkPatience(2 * SECOND);
        read(allOf());
        assertEquals(Mode.TABLE, mode());
        channel.committed(veryLong);
        read(allOf());
        assertEquals(Mode.CATCHING_UP, mode());
    }

    @Test
    void anAnswerIsNotUsedIfEventsWereLeftToTheTableMeanwhile() {
        read(allOf());
        Read underWay = requireNonNull(channel.nextRead());
        EventEnvelope first = event("a");
        EventEnvelope second = event("a");
        channel.committed(stored(first));
        channel.checkPatience(2 * SECOND);
        channel.readAnswered(underWay, allOf(second), 0);
        assertNull(next(), "the answer was given when the first was in hand");
        read(allOf(first, second));
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    @Test
    void aHeldTicketThatHasEndedIsNotTakenOutOfHandAgain() {
        read(allOf());
        EventEnvelope event = event("a");
        channel.rolledBack(stored(event));
        read(someOf(event));
        channel.checkPatience(2 * SECOND);
        assertTrue(channel.inHand().contains(event.id()), "it was committed after all, and read from the table");
    }

    @Test
    void whatIsMarkedWhileTheTableIsReadIsNotSentAgain() {
        reachMemory();
        EventEnvelope event = event("a");
        channel.committed(stored(event));
        acknowledgeNext();
        channel.wantRead();
        Read underWay = requireNonNull(channel.nextRead());
        channel.marked(channel.nextMarks());
        channel.readAnswered(underWay, allOf(event), 0);
        assertNull(next());
        assertTrue(channel.inHand().isEmpty());
    }

    @Test
    void anUnknownOutcomeIsLookedUpBeforeFollowersAreSent() {
        reachMemory();
        EventEnvelope doubtful = event("a");
        EventEnvelope follower = event("a");
        Ticket ticket = stored(doubtful);
        channel.committed(stored(follower));
        channel.unknown(ticket);
        assertNull(next());
        read(allOf(doubtful, follower));
        assertEquals(doubtful, acknowledgeNext());
        assertEquals(follower, acknowledgeNext());
    }

    @Test
    void anIncompleteAnswerIsFollowedByAnotherRead() {
        EventEnvelope event = event(null);
        read(someOf(event));
        assertEquals(Mode.TABLE, mode());
        assertTrue(channel.wantsRead());
    }

    @Test
    void theTableIsNotReadIntoFullMemory() {
        read(someOf(event("a"), event("a")));
        read(someOf(event("a"), event("a")));
        assertNull(channel.nextRead());
        acknowledgeNext();
        acknowledgeNext();
        assertTrue(channel.wantsRead());
    }

    @Test
    void aFailedReadIsMadeAgain() {
        channel.readFailed(requireNonNull(channel.nextRead()));
        assertTrue(channel.wantsRead());
    }

    @Test
    void whatIsBeingMarkedIsStillWork() {
        reachMemory();
        channel.committed(stored(event("a")));
        acknowledgeNext();
        var batch = channel.nextMarks();
        assertTrue(channel.hasWork());
        channel.marked(batch);
        assertFalse(channel.hasWork());
    }

    @Test
    void aBatchFromBeforeEverythingWasForgottenTouchesNothing() {
        reachMemory();
        EventEnvelope event = event("a");
        channel.committed(stored(event));
        acknowledgeNext();
        var batch = channel.nextMarks();
        channel.forgetAll(Samples.NODE);
        read(allOf(event));
        channel.marked(batch);
        channel.unmarked(batch);
        assertTrue(channel.inHand().contains(event.id()));
        assertEquals(0, channel.nextMarks().events().size());
    }

    @Test
    void whatWasStoredUnderAnEarlierNodeIdIsLeftToTheTable() {
        reachMemory();
        channel.forgetAll(new Node("later", "app"));
        read(allOf());
        read(allOf());
        assertEquals(Mode.MEMORY, mode());
        assertTrue(stored(event("a")).isLeftToTable());
        assertEquals(Mode.MEMORY, mode());
    }

    @Test
    void forgettingLeavesNothingInHandAndTheTableInCharge() {
        reachMemory();
        Ticket pending = stored(event("a"));
        channel.committed(stored(event("b")));
        Send underWay = requireNonNull(channel.nextSend(0));
        channel.forgetAll(Samples.NODE);
        assertTrue(channel.inHand().isEmpty());
        assertEquals(Mode.TABLE, mode());
        channel.acknowledged(underWay);
        channel.committed(pending);
        assertNull(next());
        assertEquals(0, channel.nextMarks().events().size());
        assertEquals(0, channel.load().bytes());
    }

    private void reachMemory() {
        read(allOf());
        read(allOf());
    }

    private Ticket stored(EventEnvelope... events) {
        return channel.ticket(Samples.NODE, List.of(events));
    }

    private void read(Unsent answer) {
        channel.readAnswered(requireNonNull(channel.nextRead()), answer, 0);
    }

    private @Nullable EventEnvelope next() {
        Send send = channel.nextSend(0);
        return send == null ? null : send.event();
    }

    private EventEnvelope acknowledgeNext() {
        Send send = requireNonNull(channel.nextSend(0));
        channel.acknowledged(send);
        return send.event();
    }

    private Mode mode() {
        return channel.load().mode();
    }
}
