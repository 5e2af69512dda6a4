package dev.posthorn.channel;

import static dev.posthorn.channel.Samples.SECOND;
import static dev.posthorn.channel.Samples.allOf;
import static dev.posthorn.channel.Samples.event;
import static dev.posthorn.channel.Samples.number;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Shelf;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Turn.Kind;
import dev.posthorn.spi.Unsent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent, and what is not, depending on what the store says of the events of other nodes and of the table. */
class TurnsTest {

    private static final Long ELSEWHERE = Long.MAX_VALUE;

    private final Channel channel = new Channel("channel", Samples.settings(), true, Samples.NODE);
    private final EventEnvelope first = event("a");
    private final EventEnvelope second = event("a");
    private final EventEnvelope other = event("b");
    private final Map<Long, Turn> answer = new HashMap<>();
    private long now;

    @BeforeEach
    void reachMemory() {
        read(first(channel.table().nextRead(0)), List.of());
        channel.table().pollDue(now);
        channel.table().nextSearch();
        channel.table().searched(null);
    }

    /** A single event must not wait, and nor must a backlog. */
    @Test
    void underLoadAlonePassesGatherEventsForTheNextQuestion() {
        assertFalse(question(1).isOneOfMany());
        assertFalse(question(2).isOneOfMany());
        assertTrue(question(3).isOneOfMany());
        assertTrue(question(99).isOneOfMany());
        assertFalse(question(100).isOneOfMany());
    }

    private Question question(int events) {
        return new Question(
                1,
                Collections.nCopies(
                        events, new Question.Asked(Entry.pending(1L, first, new Destination("topic")), null)),
                Set.of());
    }

    @Test
    void nothingOrderedIsSentBeforeTheStoreHasSaidSo() {
        commit(first);
        assertNull(next());
        ask(number(first), Turn.NOW);
        assertEquals(first, next());
    }

    @Test
    void whatHasNoKeyIsNotAskedFor() {
        EventEnvelope free = event(null);
        commit(free);
        assertNull(channel.questions().next(now));
        assertEquals(free, next());
    }

    @Test
    void aWholeLaneIsAskedForAtOnce() {
        commit(first, second);
        Question question = first(channel.questions().next(now));
        assertEquals(List.of(number(first), number(second)), question.numbers());
        channel.questions()
                .answered(question, Map.of(number(first), Turn.NOW, number(second), own(number(first))), now);
        assertEquals(first, acknowledgeNext());
        assertEquals(second, next());
        assertNull(channel.questions().next(now));
    }

    @Test
    void whatIsDeliveredAndNotMarkedDoesNotCountAsAhead() {
        commit(first);
        ask(number(first), Turn.NOW);
        acknowledgeNext();
        commit(second);
        assertEquals(Set.of(number(first)), first(channel.questions().next(now)).delivered());
    }

    @Test
    void whatIsMarkedIsNotMentionedAnyMore() {
        commit(first);
        ask(number(first), Turn.NOW);
        acknowledgeNext();
        channel.marks().marked(channel.marks().next(), now);
        commit(second);
        assertEquals(Set.of(), first(channel.questions().next(now)).delivered());
    }

    @Test
    void whatComesAfterAnotherNodesEventIsAskedForAgain() {
        Samples.open(channel);
        commit(first, other);
        ask(number(first), foreign(), number(other), Turn.NOW);
        assertEquals(other, next());
        assertNull(next());
        assertNull(channel.questions().next(now), "not at once");
        now += channel.questions().untilNext(now);
        ask(number(first), Turn.NOW);
        assertEquals(first, next());
    }

    @Test
    void whatWaitsLongForAnotherNodeLeavesMemory() {
        commit(first, second);
        for (int seconds = 0; seconds < 7; seconds++) {
            ask(number(first), foreign(), number(second), own(number(first)));
            now += SECOND;
        }
        Shelving shelving = first(channel.table().nextShelving());
        assertEquals("a", shelving.key());
        assertEquals(Shelf.WAITING, shelving.shelf());
        assertEquals(0, channel.status().events());
    }

    @Test
    void whatComesAfterAWaitingEventWaitsInTheTable() {
        commit(first, second, other);
        ask(
                number(first),
                new Turn(ELSEWHERE, Kind.AFTER_WAITING),
                number(second),
                own(number(first)),
                number(other),
                Turn.NOW);
        assertEquals(Shelf.WAITING, first(channel.table().nextShelving()).shelf());
        assertEquals(other, next());
        assertNull(next());
        assertEquals(1, channel.status().events());
    }

    @Test
    void whatComesAfterAParkedEventIsParked() {
        commit(first);
        ask(number(first), new Turn(ELSEWHERE, Kind.AFTER_PARKED));
        assertEquals(Shelf.PARKED, first(channel.table().nextShelving()).shelf());
    }

    @Test
    void whatIsNotOursAnyMoreIsDropped() {
        commit(first);
        ask();
        assertNull(next());
        assertEquals(0, channel.status().events());
        assertTrue(channel.table().isWanted(now));
    }

    @Test
    void anEventOfOursThatIsOnlyInTheTableComesFirst() {
        EventEnvelope adopted = first;
        commit(second);
        ask(number(second), own(number(adopted)));
        assertNull(next());
        read(first(channel.table().nextRead(0)), List.of(adopted, second));
        ask(number(adopted), Turn.NOW, number(second), own(number(adopted)));
        assertEquals(adopted, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    @Test
    void theOrderOfTheStoreIsTakenOverWithoutARead() {
        commit(second);
        Samples.letAllGo(channel);
        commit(first);
        askAgain(channel);
        ask(number(second), own(number(first)), number(first), Turn.NOW);
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
        assertFalse(channel.table().isWanted(now));
    }

    @Test
    void whatWasNotAskedForIsAskedForInTheOrderOfTheNumbers() {
        commit(second);
        channel.committed(Samples.stored(channel, List.of(first), now));
        assertEquals(
                List.of(number(first), number(second)),
                first(channel.questions().next(now)).numbers());
    }

    /**
     * Where many threads commit at once, memory may have their answers, and with them their events, in any order: a question for each
     * would bring a hot key to a stand-still.
     */
    @Test
    void oneQuestionPutsAWholeLaneInOrder() {
        for (List<EventEnvelope> inMemory : orders(List.of(first, second, event("a"), event("a")))) {
            Channel fresh = new Channel("channel", Samples.settings(), true, Samples.NODE);
            fresh.table().readAnswered(first(fresh.table().nextRead(0)), new Unsent(List.of(), true));
            for (EventEnvelope each : inMemory) {
                fresh.committed(Samples.stored(fresh, List.of(each), now));
                Samples.letAllGo(fresh);
            }
            askAgain(fresh);

            List<Long> stored = inMemory.stream().map(Samples::number).sorted().toList();
            Map<Long, Turn> turns = new HashMap<>();
            turns.put(stored.get(0), Turn.NOW);
            for (int i = 1; i < stored.size(); i++) {
                turns.put(stored.get(i), own(stored.get(i - 1)));
            }
            fresh.questions().answered(first(fresh.questions().next(now)), turns, now);

            List<Long> sent = new ArrayList<>();
            for (Send send = fresh.sends().next(now);
                    send != null;
                    send = fresh.sends().next(now)) {
                sent.add(send.seq());
                fresh.sends().acknowledged(send);
            }
            assertEquals(stored, sent);
        }
    }

    private static List<List<EventEnvelope>> orders(List<EventEnvelope> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<EventEnvelope>> orders = new ArrayList<>();
        for (EventEnvelope last : events) {
            List<EventEnvelope> others =
                    events.stream().filter(each -> each != last).toList();
            for (List<EventEnvelope> order : orders(others)) {
                orders.add(Stream.concat(order.stream(), Stream.of(last)).toList());
            }
        }
        return orders;
    }

    /** The store shows it, so its transaction has committed, which we are about to hear. */
    @Test
    void whatIsBehindInMemoryNeedNotBeKnownToBeCommitted() {
        commit(second);
        Samples.letAllGo(channel);
        Ticket late = Samples.stored(channel, List.of(first), now);
        askAgain(channel);
        ask(number(second), own(number(first)));
        assertNull(next());
        channel.committed(late);
        ask(number(first), Turn.NOW);
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    /** It may have been told that it may go because this one was ahead of it. */
    @Test
    void whatIsPassedAsksAgain() {
        EventEnvelope before = event("a");
        commit(first, second);
        ask(number(first), foreign(), number(second), own(number(first)));
        commit(before);
        now += channel.questions().untilNext(now);
        ask(number(first), own(number(before)));
        assertNull(next());
        ask(number(second), own(number(first)), number(before), Turn.NOW);
        assertEquals(before, acknowledgeNext());
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    @Test
    void whatIsReadIsPutAheadOfWhatCameFromATransactionAndWasNotAskedFor() {
        channel.wantRead();
        var read = first(channel.table().nextRead(0));
        commit(second);
        read(read, List.of(first));
        ask(number(first), Turn.NOW, number(second), own(number(first)));
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    @Test
    void anAnswerIsWorthNothingWhenWhatWasAheadHasFailed() {
        commit(first, second);
        ask(number(first), Turn.NOW, number(second), own(number(first)));
        Send failing = first(channel.sends().next(now));
        commit(other);
        EventEnvelope third = event("a");
        commit(third);
        Question question = first(channel.questions().next(now));
        channel.sends().failed(failing, Failure.EVENT, new Exception("refused"), now);
        channel.table().settled(first(channel.table().nextSettlement()), now);
        channel.questions()
                .answered(question, Map.of(number(third), own(number(second)), number(other), Turn.NOW), now);
        assertEquals(other, acknowledgeNext());
        assertNull(next(), "what is behind the failed one has to ask again");
        assertEquals(
                List.of(number(second), number(third)),
                first(channel.questions().next(now)).numbers());
    }

    @Test
    void aQuestionThatFailedIsAskedAgain() {
        commit(first);
        channel.questions().unanswered(first(channel.questions().next(now)));
        assertNotNull(channel.questions().next(now));
    }

    @Test
    void thereIsOneQuestionAtATime() {
        commit(first);
        channel.questions().next(now);
        commit(other);
        assertNull(channel.questions().next(now));
    }

    private static Turn foreign() {
        return new Turn(ELSEWHERE, Kind.AFTER_FOREIGN);
    }

    private static Turn own(Long ahead) {
        return new Turn(ahead, Kind.AFTER_OWN);
    }

    private void commit(EventEnvelope... events) {
        channel.committed(Samples.stored(channel, List.of(events), now));
    }

    /** What has had its answer, and stays where it is, has to ask again: an operator had held the channel. */
    private static void askAgain(Channel held) {
        held.suspend(true);
        held.suspend(false);
    }

    private void ask(Object... numbersAndTurns) {
        answer.clear();
        for (int i = 0; i < numbersAndTurns.length; i += 2) {
            answer.put((Long) numbersAndTurns[i], (Turn) numbersAndTurns[i + 1]);
        }
        Question question = channel.questions().next(now);
        if (question != null) {
            channel.questions().answered(question, answer, now);
        }
    }

    private void read(Read read, List<EventEnvelope> events) {
        channel.table().readAnswered(read, allOf(events.toArray(EventEnvelope[]::new)));
    }

    private @Nullable EventEnvelope next() {
        Send send = channel.sends().next(now);
        return send == null ? null : send.event();
    }

    private EventEnvelope acknowledgeNext() {
        Send send = first(channel.sends().next(now));
        channel.sends().acknowledged(send);
        return send.event();
    }

    private static <T> T first(@Nullable T value) {
        return requireNonNull(value);
    }
}
