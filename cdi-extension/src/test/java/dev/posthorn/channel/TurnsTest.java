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
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent, and what is not, depending on what the store says of the events of other nodes and of the table. */
class TurnsTest {

    private static final UUID ELSEWHERE = UUID.randomUUID();

    private final Channel channel = new Channel("channel", Samples.settings(), true, Samples.NODE);
    private final EventEnvelope first = event("a");
    private final EventEnvelope second = event("a");
    private final EventEnvelope other = event("b");
    private final Map<UUID, Turn> answer = new HashMap<>();
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
                Collections.nCopies(events, new Question.Asked(Entry.pending(first, new Destination("topic")), null)),
                Set.of());
    }

    @Test
    void nothingOrderedIsSentBeforeTheStoreHasSaidSo() {
        commit(first);
        assertNull(next());
        ask(first.id(), Turn.NOW);
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
        assertEquals(List.of(first.id(), second.id()), question.ids());
        channel.questions().answered(question, Map.of(first.id(), Turn.NOW, second.id(), own(first.id())), now);
        assertEquals(first, acknowledgeNext());
        assertEquals(second, next());
        assertNull(channel.questions().next(now));
    }

    @Test
    void whatIsDeliveredAndNotMarkedDoesNotCountAsAhead() {
        commit(first);
        ask(first.id(), Turn.NOW);
        acknowledgeNext();
        commit(second);
        assertEquals(Set.of(first.id()), first(channel.questions().next(now)).delivered());
    }

    @Test
    void whatIsMarkedIsNotMentionedAnyMore() {
        commit(first);
        ask(first.id(), Turn.NOW);
        acknowledgeNext();
        channel.marks().marked(channel.marks().next(), now);
        commit(second);
        assertEquals(Set.of(), first(channel.questions().next(now)).delivered());
    }

    @Test
    void whatComesAfterAnotherNodesEventIsAskedForAgain() {
        Samples.open(channel);
        commit(first, other);
        ask(first.id(), foreign(), other.id(), Turn.NOW);
        assertEquals(other, next());
        assertNull(next());
        assertNull(channel.questions().next(now), "not at once");
        now += channel.questions().untilNext(now);
        ask(first.id(), Turn.NOW);
        assertEquals(first, next());
    }

    @Test
    void whatWaitsLongForAnotherNodeLeavesMemory() {
        commit(first, second);
        for (int seconds = 0; seconds < 7; seconds++) {
            ask(first.id(), foreign(), second.id(), own(first.id()));
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
        ask(first.id(), new Turn(ELSEWHERE, Kind.AFTER_WAITING), second.id(), own(first.id()), other.id(), Turn.NOW);
        assertEquals(Shelf.WAITING, first(channel.table().nextShelving()).shelf());
        assertEquals(other, next());
        assertNull(next());
        assertEquals(1, channel.status().events());
    }

    @Test
    void whatComesAfterAParkedEventIsParked() {
        commit(first);
        ask(first.id(), new Turn(ELSEWHERE, Kind.AFTER_PARKED));
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
        EventEnvelope adopted = event("a");
        commit(second);
        ask(second.id(), own(adopted.id()));
        assertNull(next());
        read(first(channel.table().nextRead(0)), List.of(adopted, second));
        ask(adopted.id(), Turn.NOW, second.id(), own(adopted.id()));
        assertEquals(adopted, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    @Test
    void theOrderOfTheStoreIsTakenOverWithoutARead() {
        commit(second, first);
        ask(second.id(), own(first.id()), first.id(), Turn.NOW);
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
        assertFalse(channel.table().isWanted(now));
    }

    /** Where many threads commit at once, memory has their events in any order: a question for each would bring a hot key to a stand-still. */
    @Test
    void oneQuestionPutsAWholeLaneInOrder() {
        for (List<EventEnvelope> inMemory : orders(List.of(first, second, event("a"), event("a")))) {
            Channel fresh = new Channel("channel", Samples.settings(), true, Samples.NODE);
            fresh.table().readAnswered(first(fresh.table().nextRead(0)), new Unsent(List.of(), true));
            fresh.committed(fresh.ticket(Samples.NODE, inMemory, now));

            List<UUID> stored =
                    inMemory.stream().map(EventEnvelope::id).sorted().toList();
            Map<UUID, Turn> turns = new HashMap<>();
            turns.put(stored.get(0), Turn.NOW);
            for (int i = 1; i < stored.size(); i++) {
                turns.put(stored.get(i), own(stored.get(i - 1)));
            }
            fresh.questions().answered(first(fresh.questions().next(now)), turns, now);

            List<UUID> sent = new ArrayList<>();
            for (Send send = fresh.sends().next(now);
                    send != null;
                    send = fresh.sends().next(now)) {
                sent.add(send.event().id());
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
        Ticket late = channel.ticket(Samples.NODE, List.of(first), now);
        ask(second.id(), own(first.id()));
        assertNull(next());
        channel.committed(late);
        ask(first.id(), Turn.NOW);
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    /** It may have been told that it may go because this one was ahead of it. */
    @Test
    void whatIsPassedAsksAgain() {
        EventEnvelope before = event("a");
        commit(first, second);
        ask(first.id(), foreign(), second.id(), own(first.id()));
        commit(before);
        now += channel.questions().untilNext(now);
        ask(first.id(), own(before.id()));
        assertNull(next());
        ask(second.id(), own(first.id()), before.id(), Turn.NOW);
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
        ask(first.id(), Turn.NOW, second.id(), own(first.id()));
        assertEquals(first, acknowledgeNext());
        assertEquals(second, acknowledgeNext());
    }

    @Test
    void anAnswerIsWorthNothingWhenWhatWasAheadHasFailed() {
        commit(first, second);
        ask(first.id(), Turn.NOW, second.id(), own(first.id()));
        Send failing = first(channel.sends().next(now));
        commit(other);
        EventEnvelope third = event("a");
        commit(third);
        Question question = first(channel.questions().next(now));
        channel.sends().failed(failing, Failure.EVENT, new Exception("refused"), now);
        channel.table().settled(first(channel.table().nextSettlement()), now);
        channel.questions().answered(question, Map.of(third.id(), own(second.id()), other.id(), Turn.NOW), now);
        assertEquals(other, acknowledgeNext());
        assertNull(next(), "what is behind the failed one has to ask again");
        assertEquals(
                List.of(second.id(), third.id()),
                first(channel.questions().next(now)).ids());
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

    private static Turn own(UUID ahead) {
        return new Turn(ahead, Kind.AFTER_OWN);
    }

    private void commit(EventEnvelope... events) {
        channel.committed(channel.ticket(Samples.NODE, List.of(events), now));
    }

    private void ask(Object... idsAndTurns) {
        answer.clear();
        for (int i = 0; i < idsAndTurns.length; i += 2) {
            answer.put((UUID) idsAndTurns[i], (Turn) idsAndTurns[i + 1]);
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
