package dev.posthorn.channel;

import static dev.posthorn.channel.Samples.SECOND;
import static dev.posthorn.channel.Samples.allOf;
import static dev.posthorn.channel.Samples.event;
import static dev.posthorn.channel.Samples.someOf;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.channel.Backlog.Mode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Unsent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Channel channel = new Channel("channel", Samples.settings(), true, Samples.NODE);

    @Test
    void aReadThatFindsTheEndLeadsFromTheStartToMemory() {
        assertEquals(Mode.TABLE, mode());
        read(allOf());
        assertEquals(Mode.MEMORY, mode());
        assertNull(channel.table().nextRead(0));
    }

    @Test
    void inMemoryACommitIsSentWithoutARead() {
        reachMemory();
        EventEnvelope event = event("a");
        channel.committed(stored(event));
        assertFalse(channel.table().isWanted(0));
        assertEquals(event, next());
    }

    @Test
    void whatIsRolledBackIsNeverSent() {
        reachMemory();
        channel.rolledBack(stored(event("a")));
        assertNull(next());
        assertEquals(0, channel.status().events());
        assertTrue(channel.table().inHand().isEmpty());
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

    /** The store learns the numbers of some events only when they are read. */
    @Test
    void whatHasNoNumberIsReadWhenItIsCommitted() {
        reachMemory();
        EventEnvelope event = event("a");
        Ticket ticket = channel.ticket(Samples.NODE, List.of(event), List.of(), 0);
        assertFalse(channel.table().isWanted(0), "it can't be seen yet");
        channel.committed(ticket);
        read(allOf(event));
        assertEquals(event, next());
        assertEquals(Mode.MEMORY, mode(), "what comes later may have one");
    }

    @Test
    void whatHasNoNumberAndIsRolledBackIsNotLookedFor() {
        reachMemory();
        channel.rolledBack(channel.ticket(Samples.NODE, List.of(event("a")), List.of(), 0));
        assertFalse(channel.table().isWanted(0));
    }

    @Test
    void bytesAreBoundedToo() {
        reachMemory();
        assertTrue(stored(event("a", 41)).isLeftToTable());
    }

    @Test
    void whatIsMarkedWhileTheTableIsReadIsNotSentAgain() {
        reachMemory();
        EventEnvelope event = event("a");
        channel.committed(stored(event));
        acknowledgeNext();
        channel.wantRead();
        Read underWay = requireNonNull(channel.table().nextRead(0));
        channel.marks().marked(channel.marks().next(), 0);
        channel.table().readAnswered(underWay, allOf(event));
        assertNull(next());
        assertTrue(channel.table().inHand().isEmpty());
    }

    @Test
    void anIncompleteAnswerIsFollowedByAnotherRead() {
        EventEnvelope event = event(null);
        read(someOf(event));
        assertEquals(Mode.TABLE, mode());
        assertTrue(channel.table().isWanted(0));
    }

    @Test
    void readsGoOnBehindWhatWasReadUntilTheEndAndThenBeginAgain() {
        EventEnvelope last = event(null);
        assertEquals(0, readAfter(someOf(event(null), last)));
        sendAll();
        assertEquals(Samples.number(last), readAfter(allOf()));
        assertEquals(Mode.TABLE, mode(), "something may have become visible late");
        assertEquals(0, readAfter(allOf()));
        assertEquals(Mode.MEMORY, mode());
        assertNull(channel.table().nextRead(0));
    }

    @Test
    void whatOverflowsIsFoundByReadingOn() {
        EventEnvelope first = event(null);
        read(someOf(first));
        channel.committed(stored(event("a")));
        assertEquals(Samples.number(first), readAfter(someOf()));
        assertEquals(Samples.number(first), readAfter(allOf()), "nothing was found to go on from");
    }

    @Test
    void whatMayBeAnywhereIsLookedForFromTheStart() {
        read(someOf(event(null)));
        channel.wantRead();
        assertEquals(0, readAfter(someOf(event(null))));
        Read readingOn = requireNonNull(channel.table().nextRead(0));
        channel.wantRead();
        channel.table().readAnswered(readingOn, someOf());
        assertEquals(0, requireNonNull(channel.table().nextRead(0)).after());
    }

    @Test
    void whatMemoryLosesIsReadFromTheStart() {
        read(someOf(event("a")));
        Question question = requireNonNull(channel.questions().next(0));
        channel.questions().answered(question, Map.of(), 0);
        assertEquals(0, requireNonNull(channel.table().nextRead(0)).after());
    }

    @Test
    void aFailedReadIsMadeAgainFromTheSamePlace() {
        channel.table().readFailed(requireNonNull(channel.table().nextRead(0)));
        EventEnvelope event = event(null);
        assertEquals(0, readAfter(someOf(event)));
        channel.table().readFailed(requireNonNull(channel.table().nextRead(0)));
        assertEquals(Samples.number(event), readAfter(allOf()));
    }

    @Test
    void theTableIsNotReadIntoFullMemory() {
        read(someOf(event("a"), event("a")));
        read(someOf(event("a"), event("a")));
        assertNull(channel.table().nextRead(0));
        acknowledgeNext();
        acknowledgeNext();
        assertTrue(channel.table().isWanted(0));
    }

    @Test
    void aFailedReadIsMadeAgain() {
        channel.table().readFailed(requireNonNull(channel.table().nextRead(0)));
        assertTrue(channel.table().isWanted(0));
    }

    @Test
    void whatIsBeingMarkedIsStillWork() {
        reachMemory();
        channel.committed(stored(event("a")));
        acknowledgeNext();
        var batch = channel.marks().next();
        assertTrue(channel.hasWork());
        channel.marks().marked(batch, 0);
        assertFalse(channel.hasWork());
    }

    @Test
    void aBatchFromBeforeEverythingWasForgottenTouchesNothing() {
        reachMemory();
        EventEnvelope event = event("a");
        channel.committed(stored(event));
        acknowledgeNext();
        var batch = channel.marks().next();
        channel.startOver(Samples.NODE);
        read(allOf(event));
        channel.marks().marked(batch, 0);
        channel.marks().unmarked(batch);
        assertTrue(channel.table().inHand().contains(Samples.number(event)));
        assertEquals(0, channel.marks().next().events().size());
    }

    @Test
    void whatWasStoredUnderAnEarlierNodeIdIsLeftToTheTable() {
        reachMemory();
        channel.startOver(new Node("later", "app"));
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
        Samples.letAllGo(channel);
        Send underWay = requireNonNull(channel.sends().next(0));
        channel.startOver(Samples.NODE);
        assertTrue(channel.table().inHand().isEmpty());
        assertEquals(Mode.TABLE, mode());
        channel.sends().acknowledged(underWay);
        channel.committed(pending);
        assertNull(next());
        assertEquals(0, channel.marks().next().events().size());
        assertEquals(0, channel.status().bytes());
    }

    @Test
    void aTicketThatIsNeverEndedDoesNotBlockItsKeyForEver() {
        reachMemory();
        stored(event("a"));
        EventEnvelope follower = event("a");
        channel.committed(stored(follower));
        assertNull(next());
        channel.forgetOldTickets(11 * 60 * SECOND);
        assertEquals(follower, next());
        assertTrue(channel.table().isWanted(0), "it may have been committed after all");
    }

    private void reachMemory() {
        read(allOf());
        channel.table().pollDue(0);
        channel.table().nextSearch();
        channel.table().searched(null);
    }

    private Ticket stored(EventEnvelope... events) {
        return Samples.stored(channel, List.of(events), 0);
    }

    private void read(Unsent answer) {
        readAfter(answer);
    }

    /** Answers the next read, and says where it was to begin. */
    private long readAfter(Unsent answer) {
        Read read = requireNonNull(channel.table().nextRead(0));
        channel.table().readAnswered(read, answer);
        return read.after();
    }

    private void sendAll() {
        while (channel.status().events() > 0) {
            acknowledgeNext();
        }
    }

    private @Nullable EventEnvelope next() {
        Samples.letAllGo(channel);
        Send send = channel.sends().next(0);
        return send == null ? null : send.event();
    }

    private EventEnvelope acknowledgeNext() {
        Samples.letAllGo(channel);
        Send send = requireNonNull(channel.sends().next(0));
        channel.sends().acknowledged(send);
        return send.event();
    }

    private Mode mode() {
        return channel.status().inMemory() ? Mode.MEMORY : Mode.TABLE;
    }
}
