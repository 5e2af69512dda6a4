package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever a message does to the code around it: it is handled or kept, and its neighbours are handled meanwhile. */
class BadMessagesTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final SampleInbox sample = new SampleInbox(threads::add, 3, "in");
    private final List<String> handled = new ArrayList<>();

    /** Whether a thread was interrupted when it ended. */
    private boolean interrupted;

    BadMessagesTest() {
        sample.type.handling = event -> handled.add(event.id());
    }

    @BeforeAll
    static void silenceTheLog() {
        InboxSimulation.silenceTheLog();
    }

    @Test
    void anErrorInReadingMeansThatItCantBeReadAndItIsDeadAtOnce() {
        for (Error error : List.of(
                new AssertionError("of an adapter"),
                new ExceptionInInitializerError(),
                new NoClassDefFoundError("of the event"))) {
            sample.store.told.clear();
            sample.answers.clear();
            sample.type.reading = failing(error);
            arriveBetweenNeighbours();
            assertEquals(1, sample.store.told.size());
            assertTrue(sample.store.told.get(0).startsWith("dead bad of /sender: "), sample.store.told::toString);
            assertTrue(sample.store.told.get(0).contains(error.toString()), sample.store.told::toString);
            assertEquals(List.of("ack before", "ack bad", "ack behind"), sample.answers);
        }
    }

    @Test
    void anEventOfAClassThatNoHandlerTakesIsOneThatNobodyHandles() {
        sample.type.handlers = List.of();
        sample.arrive("in", "other", null);
        runAll();
        assertEquals(List.of("ack other"), sample.answers);
        assertEquals(List.of(), sample.store.told);
        assertEquals(List.of(), handled);
    }

    @Test
    void aKeptEventOfAClassThatNoHandlerTakesAnyMoreWaitsForOne() {
        sample.type.handlers = List.of();
        sample.due("in", "other");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("delay other after 0"), sample.store.told);
        assertEquals(List.of(), handled);
    }

    @Test
    void aKeyThatThrowsMeansThatItCantBeRead() {
        sample.type.key = event -> {
            if (isBad(event)) {
                throw new NullPointerException("toString() of a key");
            }
            return null;
        };
        arriveBetweenNeighbours();
        assertEquals(1, sample.store.told.size());
        assertTrue(sample.store.told.get(0).startsWith("dead bad of /sender: "), sample.store.told::toString);
        assertEquals(List.of("ack before", "ack bad", "ack behind"), sample.answers);
    }

    /** It has no key: those behind it of the same key wait for it as long as it is in memory, and all others go on. */
    @Test
    void anErrorOfTheMachineIsTriedAgainWhileOthersGoOn() {
        AtomicInteger failures = new AtomicInteger(2);
        sample.type.reading = event -> {
            if (isBad(event) && failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("simulated");
            }
        };
        arriveBetweenNeighbours();
        assertEquals(List.of("ack before", "ack behind"), sample.answers);
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofSeconds(1));
        }
        assertEquals(List.of("ack before", "ack behind", "ack bad"), sample.answers);
        assertEquals(List.of(), sample.store.told);
        assertEquals(List.of("before", "behind", "bad"), handled);
    }

    @Test
    void anErrorOfTheMachineThatDoesNotEndLeadsToDeathAndItsKeyGoesOn() {
        sample.type.reading = failing(new StackOverflowError("simulated"));
        sample.arrive("in", "before", "key");
        sample.arrive("in", "bad", "key");
        sample.arrive("in", "behind", "key");
        runAll();
        assertEquals(List.of("ack before"), sample.answers);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(2));
        }
        assertEquals(List.of("ack before", "ack bad", "ack behind"), sample.answers);
        assertEquals(List.of("dead bad of /sender: java.lang.StackOverflowError: simulated"), sample.store.told);
    }

    @Test
    void aFailureThatCantBePrintedIsAFailureLikeAnyOther() {
        sample.type.handling = event -> {
            if (isBad(event)) {
                throw new UnprintableFailure();
            }
        };
        arriveBetweenNeighbours();
        assertEquals(List.of("keep bad"), sample.store.told);
        assertEquals(List.of("ack before", "ack bad", "ack behind"), sample.answers);
    }

    @Test
    void middlewareThatFailsAgainAndAgainLeadsToDeath() {
        sample.type.handling = event -> {
            throw new IllegalStateException("as always");
        };
        sample.type.middleware = () -> {
            throw new NoClassDefFoundError("of the middleware");
        };
        sample.arrive("in", "bad", null);
        runAll();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(2));
        }
        assertEquals(
                List.of("dead bad of /sender: java.lang.NoClassDefFoundError: of the middleware"), sample.store.told);
        assertEquals(List.of("ack bad"), sample.answers);
    }

    @Test
    void anInterruptionCountsNoAttempt() {
        AtomicInteger interruptions = new AtomicInteger(1);
        sample.type.handling = event -> {
            if (interruptions.getAndDecrement() > 0) {
                throw new InterruptedException("the server stops");
            }
            handled.add(event.id());
        };
        sample.arrive("in", "interrupted", null);
        runAll();
        assertTrue(interrupted, "the flag is kept");
        assertEquals(List.of(), sample.store.told);
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("interrupted"), handled);
        assertEquals(List.of("ack interrupted"), sample.answers);
    }

    @Test
    void aHandlerThatAlwaysSaysThatItWasInterruptedFailsLikeAnyOther() {
        sample.type.handling = event -> {
            throw new InterruptedException("of its own");
        };
        sample.arrive("in", "bad", null);
        runAll();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(2));
        }
        assertEquals(List.of("keep bad"), sample.store.told);
        assertEquals(List.of("ack bad"), sample.answers);
    }

    @Test
    void aStoreThatAnswersNullIsAwayAndNothingIsAcknowledgedUntilItAnswers() {
        sample.type.handling = event -> {
            throw new IllegalStateException("as always");
        };
        for (String call : List.of("admit", "keep", "keepDead")) {
            sample.store.answersNull = call::equals;
            sample.type.reading = call.equals("keepDead") ? failing(new AssertionError()) : event -> {};
            sample.arrive("in", "bad", null);
            for (int i = 0; i < 50; i++) {
                pass(Duration.ofSeconds(10));
            }
            assertEquals(List.of(), sample.answers, call);
            sample.store.answersNull = other -> false;
            pass(Duration.ofSeconds(10));
            assertEquals(List.of("ack bad"), sample.answers, call);
            sample.answers.clear();
        }
    }

    @Test
    void aStoreThatThrowsErrorsIsAwayAndThatIsNoFailureOfTheEvent() {
        sample.store.answersNull = call -> {
            throw new NoClassDefFoundError("of the store");
        };
        sample.arrive("in", "good", null);
        runAll();
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofSeconds(10));
        }
        assertEquals(List.of(), sample.answers);
        sample.store.answersNull = call -> false;
        pass(Duration.ofSeconds(10));
        assertEquals(List.of("ack good"), sample.answers);
        assertEquals(List.of(), sample.store.told);
    }

    @Test
    void aMessageThatCantBeTakenIsRefusedAndOthersGoOn() {
        sample.receiver("in").arrived(new Arrival() {
            @Override
            public IncomingMessage message() {
                throw new NoClassDefFoundError("of the connector");
            }

            @Override
            public CompletionStage<?> acknowledge() {
                throw new AssertionError();
            }

            @Override
            public CompletionStage<?> refuse(Throwable why) {
                return sample.answer("refuse " + why);
            }
        });
        sample.arrive("in", "behind", null);
        runAll();
        assertEquals(List.of("refuse java.lang.NoClassDefFoundError: of the connector", "ack behind"), sample.answers);
    }

    @Test
    void anAnswerThatThrowsIsGivenOnce() {
        AtomicInteger answers = new AtomicInteger();
        IncomingMessage message = SampleInbox.message("in", "good", null);
        sample.receiver("in").arrived(new Arrival() {
            @Override
            public IncomingMessage message() {
                return message;
            }

            @Override
            public CompletionStage<?> acknowledge() {
                answers.incrementAndGet();
                throw new NoClassDefFoundError("of the connector");
            }

            @Override
            public CompletionStage<?> refuse(Throwable why) {
                throw new AssertionError();
            }
        });
        runAll();
        pass(Duration.ofSeconds(10));
        assertEquals(1, answers.get());
        assertEquals(List.of("good"), handled);
    }

    @Test
    void anEntryWhoseReadingFailsUnexpectedlyIsBuriedAndItsNeighboursAreHandled() {
        sample.type.reading = failing(new StackOverflowError("simulated"));
        sample.due("in", "bad");
        sample.due("in", "good");
        for (int i = 0; i < 12; i++) {
            pass(Duration.ofSeconds(2));
        }
        assertTrue(sample.store.told.contains("finish good"), sample.store.told::toString);
        assertTrue(
                sample.store.told.contains("bury bad after 1: java.lang.StackOverflowError: simulated"),
                sample.store.told::toString);
        assertEquals(2, sample.store.told.size(), sample.store.told::toString);
    }

    /** Its handlers are not called, although the message itself may be readable. */
    @Test
    void anEntryThatTheStoreCantReadIsBuriedAndItsNeighboursAreHandled() {
        sample.due("in", "bad");
        sample.due("in", "good");
        sample.store.entries.replaceAll(
                (id, entry) -> id.id().equals("bad") ? SampleInbox.unreadable(entry, "when_dead is 9") : entry);
        pass(Duration.ofSeconds(2));
        assertEquals(List.of("good"), handled);
        assertTrue(sample.store.told.contains("bury bad after 2: when_dead is 9"), sample.store.told::toString);
        assertEquals(2, sample.store.told.size(), sample.store.told::toString);
    }

    private void arriveBetweenNeighbours() {
        sample.arrive("in", "before", null);
        sample.arrive("in", "bad", null);
        sample.arrive("in", "behind", null);
        runAll();
    }

    private static boolean isBad(ReceivedEvent event) {
        return event.id().equals("bad");
    }

    private static Consumer<ReceivedEvent> failing(Error error) {
        return event -> {
            if (isBad(event)) {
                throw error;
            }
        };
    }

    private void pass(Duration time) {
        sample.pass(time);
        runAll();
    }

    private void runAll() {
        for (Runnable thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.run();
            interrupted |= Thread.interrupted();
        }
    }
}
