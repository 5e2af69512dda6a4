package dev.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.Samples;
import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An outage of the broker makes no duplicates: what the transport still has is not handed over again. */
class OneSendAtATimeTest implements EventTransport, Retrier {

    /** Of {@link Samples#settings}. */
    private static final long TIMEOUT = 30 * Samples.SECOND;

    private final List<CompletableFuture<Boolean>> sent = new ArrayList<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch mayReturn = new CountDownLatch(1);
    private Runnable duringRetries = () -> {};
    private boolean callsBlock;
    private int attempts;
    private long now;

    private Duration answersWithin = Duration.ZERO;
    private Relay relay = relay();
    private Passes passes = passes();

    private Relay relay() {
        return StubbedRelay.of(
                Map.of("channel", Samples.settings()), new ThisNode(Samples.NODE), () -> now, this::answer, this, this);
    }

    private Passes passes() {
        Passes only = relay.passes().iterator().next();
        only.table().run();
        return only;
    }

    @Test
    void whatTimedOutIsNotHandedOverAgainWhileTheTransportHasIt() {
        commit("a");
        passes.send().run();
        timeOut();
        passes.retry().run();
        assertEquals(3, attempts, "the retrier tries");
        for (int probes = 0; probes < 3; probes++) {
            now += TIMEOUT;
            passes.send().run();
            assertEquals(1, status().inFlight(), "a probe");
            timeOut();
        }
        assertEquals(1, sent.size(), "one send for all of them");

        sent.get(0).complete(true);
        assertEquals(1, status().unmarked(), "delivered, once");
        assertFalse(status().paused());
        assertEquals(0, status().inFlight());
    }

    @Test
    void aFailureOfTheOneSendIsOneOfTheProbeToo() {
        commit("a");
        passes.send().run();
        timeOut();
        passes.retry().run();
        timeOut();
        passes.send().run();
        sent.get(0).completeExceptionally(new PosthornException("refused"));
        assertEquals(0, status().inFlight());
        now += TIMEOUT;
        passes.send().run();
        assertEquals(2, sent.size(), "it has been answered: now it may be sent again");
    }

    @Test
    void anAnswerThatNeverComesIsGivenUp() {
        assertTrue(isGivenUpAfter(12), () -> now / TIMEOUT + " time-outs");
        sent.get(1).complete(true);
        assertEquals(1, status().unmarked());
    }

    /** With a short time-out for sends its client may deliver the event long after that, and another node could too. */
    @Test
    void aTransportThatKnowsHowLongItsClientTakesIsWaitedFor() {
        answersWithin = Duration.ofNanos(15 * TIMEOUT);
        relay = relay();
        passes = passes();
        assertTrue(isGivenUpAfter(15), () -> now / TIMEOUT + " time-outs");
    }

    private boolean isGivenUpAfter(int timeoutsAtLeast) {
        commit("a");
        passes.send().run();
        for (int timeouts = 0; timeouts < 20 && sent.size() == 1; timeouts++) {
            timeOut();
            passes.retry().run();
            passes.send().run();
        }
        assertEquals(2, sent.size());
        return now >= timeoutsAtLeast * TIMEOUT;
    }

    @Test
    void theLateAcknowledgementOfAnAttemptThatWasGivenUpIsBelieved() {
        commit("a");
        passes.send().run();
        sent.get(0).completeExceptionally(new PosthornException("refused"));
        passes.retry().run();
        assertEquals(2, sent.size(), "the first attempt of the retrier, which the others share");
        assertTrue(status().paused());
        sent.get(1).complete(true);
        assertEquals(1, status().unmarked());
        assertFalse(status().paused());
    }

    @Test
    void anEventWhoseLastSendIsNotAnsweredCountsNoAttempt() {
        // Before that, the topic takes one at a time.
        deliverAnother();
        commit("a");
        passes.send().run();
        deliverAnother();
        timeOut();
        passes.retry().run();
        assertNull(passes.channel().table().nextSettlement(), "nobody else may send it");
        assertEquals(1, status().events());
        assertFalse(status().paused(), "the broker takes others");
    }

    @Test
    void anEventThatWaitsForItsAnswerIsDeliveredByIt() {
        deliverAnother();
        commit("a");
        passes.send().run();
        CompletableFuture<Boolean> answer = sent.get(sent.size() - 1);
        deliverAnother();
        timeOut();
        int unmarked = status().unmarked();
        answer.complete(true);
        assertEquals(unmarked + 1, status().unmarked());
        assertEquals(0, status().events());
    }

    @Test
    void anEventThatWaitsForItsAnswerIsRetriedIfThatIsAFailure() {
        deliverAnother();
        commit("a");
        passes.send().run();
        CompletableFuture<Boolean> answer = sent.get(sent.size() - 1);
        deliverAnother();
        timeOut();
        int before = sent.size();
        answer.completeExceptionally(new PosthornException("refused"));
        passes.retry().run();
        assertEquals(before + 1, sent.size());
    }

    @Test
    void noRetryBeginsWhileAnotherIsInsideTheTransport() throws Exception {
        commit("a");
        passes.send().run();
        sent.get(0).completeExceptionally(new PosthornException("refused"));
        callsBlock = true;
        Thread blocked = new Thread(() -> passes.retry().run());
        blocked.start();
        inside.await();
        passes.retry().run();
        assertEquals(1, attempts);
        mayReturn.countDown();
        blocked.join();
        assertEquals(2, sent.size());
    }

    @Override
    public Duration answersWithin(String channel) {
        return answersWithin;
    }

    private void deliverAnother() {
        commit("b");
        passes.send().run();
        sent.get(sent.size() - 1).complete(true);
    }

    private void timeOut() {
        now += TIMEOUT;
        relay.pulse();
    }

    private ChannelStatus status() {
        return passes.channel().status();
    }

    private void commit(String... keys) {
        List<EventEnvelope> events = List.of(keys).stream().map(Samples::event).toList();
        relay.committed(relay.stored(Samples.NODE, events, Samples.numbers(events)));
    }

    @Override
    public List<String> prepare(Set<String> channels) {
        return List.of();
    }

    @Override
    public CompletionStage<?> send(EventEnvelope event) {
        if (callsBlock) {
            inside.countDown();
            try {
                mayReturn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        sent.add(answer);
        return answer;
    }

    /** As the one of Fault Tolerance, which has no patience here. */
    @Override
    public void send(EventEnvelope event, Supplier<CompletionStage<Void>> attempt) throws Exception {
        duringRetries.run();
        for (int i = 0; i < 3; i++) {
            attempts++;
            CompletableFuture<Void> answer = attempt.get().toCompletableFuture();
            if (answer.isDone()) {
                answer.get();
                return;
            }
        }
        throw new TimeoutException();
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "unsent" -> Samples.allOf();
            case "turns" -> Samples.now((Collection<?>) arguments[2]);
            default -> null;
        };
    }
}
