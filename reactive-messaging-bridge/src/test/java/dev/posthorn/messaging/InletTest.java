package dev.posthorn.messaging;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class InletTest {

    private final Arrivals arrivals = new Arrivals();
    private final FakeConnector connector = new FakeConnector();
    private final Inlet inlet = inlet(arrivals);

    @Test
    void theWindowIsAskedForAndThenOneForEachAnswer() {
        inlet.onSubscribe(connector);
        assertEquals(List.of(3L), connector.requests);

        deliver(3);
        answered(arrivals.get(2).acknowledge());
        answered(arrivals.get(0).refuse(new Exception("no")));
        assertEquals(List.of(3L, 1L, 1L), connector.requests);
    }

    @Test
    void anArrivalIsAnsweredOnce() {
        inlet.onSubscribe(connector);
        deliver(1);
        answered(arrivals.get(0).acknowledge());

        assertInstanceOf(IllegalStateException.class, failure(arrivals.get(0).acknowledge()));
        assertInstanceOf(IllegalStateException.class, failure(arrivals.get(0).refuse(new Exception("no"))));
        assertEquals(List.of(3L, 1L), connector.requests);
    }

    @Test
    void anAnswerThatFailsMakesRoomAllTheSame() {
        inlet.onSubscribe(connector);
        IllegalStateException gone = new IllegalStateException("the client is closed");
        inlet.onNext(new FakeMessage("text") {
            @Override
            public CompletionStage<Void> ack() {
                throw gone;
            }
        });

        assertSame(gone, failure(arrivals.get(0).acknowledge()));
        assertEquals(List.of(3L, 1L), connector.requests);
    }

    @Test
    void aRefusalThatFailsEndsTheChannelAndSaysSo() {
        inlet.onSubscribe(connector);
        IllegalStateException stopped = new IllegalStateException("the strategy is to stop the channel");
        inlet.onNext(new FakeMessage("text") {
            @Override
            public CompletionStage<Void> nack(Throwable reason) {
                return CompletableFuture.failedStage(stopped);
            }
        });

        assertSame(stopped, failure(arrivals.get(0).refuse(new Exception("no"))));
        assertSame(stopped, arrivals.reason);
        assertTrue(connector.cancelled);
    }

    @Test
    void pausedItAsksForNothingAndThenForAllThatIsOwed() {
        inlet.onSubscribe(connector);
        deliver(3);
        inlet.pause();
        answered(arrivals.get(0).acknowledge());
        answered(arrivals.get(1).acknowledge());
        assertEquals(List.of(3L), connector.requests);

        inlet.resume();
        inlet.resume();
        assertEquals(List.of(3L, 2L), connector.requests);
    }

    @Test
    void pausedBeforeItIsConnectedItWaits() {
        inlet.pause();
        inlet.onSubscribe(connector);
        assertEquals(List.of(), connector.requests);

        inlet.resume();
        assertEquals(List.of(3L), connector.requests);
    }

    @Test
    void closedItCancelsAndHandsNothingOn() {
        inlet.onSubscribe(connector);
        inlet.close();
        deliver(1);
        inlet.onComplete();

        assertTrue(connector.cancelled);
        assertEquals(0, arrivals.count());
        assertFalse(arrivals.ended, "its owner knows");
    }

    @Test
    void closedBeforeItIsConnectedItCancelsAtOnce() {
        inlet.close();
        inlet.onSubscribe(connector);

        assertTrue(connector.cancelled);
        assertEquals(List.of(), connector.requests);
    }

    @Test
    void theEndOfTheStreamIsTold() {
        inlet.onSubscribe(connector);
        inlet.onComplete();

        assertTrue(arrivals.ended);
        assertNull(arrivals.reason);
    }

    @Test
    void theFailureOfTheStreamIsTold() {
        Exception why = new Exception("the connector has failed");
        inlet.onSubscribe(connector);
        inlet.onError(why);

        assertSame(why, arrivals.reason);
    }

    @Test
    void aReceiverThatThrowsEndsTheChannelLoudly() {
        RuntimeException bug = new RuntimeException("a bug");
        Arrivals broken = new Arrivals() {
            @Override
            public void arrived(Arrival arrival) {
                throw bug;
            }
        };
        Inlet failing = inlet(broken);
        failing.onSubscribe(connector);
        failing.onNext(new FakeMessage("text"));

        assertSame(bug, broken.reason);
        assertTrue(connector.cancelled);
    }

    @Test
    void aMessageThatCannotBeReadWithTheLibrariesThatAreHereEndsTheChannelLoudly() {
        NoSuchFieldError error = new NoSuchFieldError("message");
        MessageReader broken = (channel, message) -> {
            throw error;
        };
        Inlet failing = new Inlet("orders", 3, new MessageReaders(List.of(broken)), arrivals);
        failing.onSubscribe(connector);
        failing.onNext(new FakeMessage("text"));

        Throwable reason = requireNonNull(arrivals.reason);
        assertSame(error, reason.getCause());
        assertTrue(reason.toString().contains("POSTHORN-M39: Channel 'orders'"), reason::toString);
        assertTrue(connector.cancelled);
        assertEquals(0, arrivals.count());
    }

    /** The stream and a refusal may end at the same moment. */
    @Test
    void theEndIsToldOnce() throws Exception {
        for (int i = 0; i < 2000; i++) {
            AtomicInteger told = new AtomicInteger();
            Inlet ending = inlet(new Arrivals() {
                @Override
                public void ended(@Nullable Throwable why) {
                    told.incrementAndGet();
                }
            });
            ending.onSubscribe(new FakeConnector());
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> end(ending, together));
            end(ending, together);
            other.join();

            assertEquals(1, told.get());
        }
    }

    private static void end(Inlet ending, CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        ending.onComplete();
    }

    @Test
    void signalsAreGivenOneAfterTheOther() {
        Arrivals immediate = new Arrivals() {
            @Override
            public void arrived(Arrival arrival) {
                super.arrived(arrival);
                arrival.acknowledge();
            }
        };
        Inlet eager = inlet(immediate);
        List<String> depths = new ArrayList<>();
        eager.onSubscribe(new Flow.Subscription() {

            private int depth;
            private int delivered;

            @Override
            public void request(long count) {
                depth++;
                depths.add("request " + depth);
                for (long i = 0; i < count && delivered < 10; i++) {
                    delivered++;
                    eager.onNext(new FakeMessage("n"));
                }
                depth--;
            }

            @Override
            public void cancel() {}
        });

        assertEquals(10, immediate.count());
        assertTrue(depths.stream().allMatch("request 1"::equals), depths::toString);
    }

    @Test
    void aSecondConnectionIsRefused() {
        inlet.onSubscribe(connector);
        FakeConnector second = new FakeConnector();
        inlet.onSubscribe(second);

        assertTrue(second.cancelled);
        assertEquals(List.of(), second.requests);
        assertFalse(connector.cancelled);
    }

    private static Inlet inlet(EventSource.Receiver receiver) {
        return new Inlet("orders", 3, new MessageReaders(List.of()), receiver);
    }

    private void deliver(int count) {
        for (int i = 0; i < count; i++) {
            inlet.onNext(new FakeMessage("n" + i));
        }
    }

    private static void answered(CompletionStage<?> answer) {
        answer.toCompletableFuture().join();
    }

    private static @Nullable Throwable failure(CompletionStage<?> answer) {
        return Assertions.assertThrows(CompletionException.class, () -> answer.toCompletableFuture()
                        .join())
                .getCause();
    }

    private static class FakeMessage implements Message<Object> {

        private final String payload;

        FakeMessage(String payload) {
            this.payload = payload;
        }

        @Override
        public Object getPayload() {
            return payload;
        }

        @Override
        public CompletionStage<Void> nack(Throwable why) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class FakeConnector implements Flow.Subscription {

        private final List<Long> requests = new ArrayList<>();
        private boolean cancelled;

        @Override
        public void request(long count) {
            requests.add(count);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
