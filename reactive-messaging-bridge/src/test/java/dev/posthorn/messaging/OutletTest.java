package dev.posthorn.messaging;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutletTest {

    private final EventEnvelope event = Events.event("orders", "placed", "42", "{}");
    private final FakeEmitter emitter = new FakeEmitter();
    private final Outlet outlet = outlet(new PayloadMessages());

    @Test
    void aSendCompletesWithTheAcknowledgement() {
        CompletableFuture<Void> send = send();
        assertFalse(send.isDone(), "before the acknowledgement");

        assertTrue(emitter.taken().ack().toCompletableFuture().isDone());
        assertNull(send.join());
    }

    @Test
    void aSendFailsWithTheReasonOfTheNegativeAcknowledgement() {
        CompletableFuture<Void> send = send();
        Exception reason = new Exception("record too large");

        assertNull(emitter.taken().nack(reason).toCompletableFuture().join(), "the nack itself succeeds");
        assertSame(reason, failure(send));
    }

    @Test
    void whatTheEmitterThrowsFailsTheSend() {
        emitter.thrown = new IllegalStateException("SRMSG00035: something else");

        assertSame(emitter.thrown, failure(send()));
    }

    @Test
    void aFullChannelIsRecognisable() {
        emitter.thrown = new IllegalStateException("SRMSG00034: Insufficient downstream requests to emit item");

        Throwable failure = failure(send());
        assertEquals(
                Failure.BROKER,
                assertInstanceOf(SendRefusedException.class, failure).meaning());
        assertTrue(failure.toString().contains("POSTHORN-M13: Channel 'orders'"), failure::toString);
        assertSame(emitter.thrown, failure.getCause());
    }

    @Test
    void aCancelledChannelIsRecognisable() {
        emitter.thrown = new IllegalStateException("SRMSG00028: The subscription has been cancelled");
        emitter.cancelled = true;

        Throwable failure = failure(send());
        assertEquals(
                Failure.CHANNEL,
                assertInstanceOf(SendRefusedException.class, failure).meaning());
        assertTrue(failure.toString().contains("POSTHORN-M14"), failure::toString);
    }

    /** As code fails that was compiled for other libraries. */
    @Test
    void aMessageThatCannotBeMadeWithTheLibrariesThatAreHereIsOfNoUseHere() {
        NoSuchMethodError error = new NoSuchMethodError("OutgoingKafkaRecordMetadata.builder()");
        Outlet broken = outlet(event -> {
            throw error;
        });

        assertDoesNotLink(error, broken.send(event));
    }

    @Test
    void aConnectorThatDoesNotWorkWithTheLibrariesThatAreHereIsOfNoUseHere() {
        emitter.error = new NoSuchFieldError("message");

        assertDoesNotLink(emitter.error, outlet.send(event));
    }

    private static void assertDoesNotLink(LinkageError error, CompletionStage<Void> send) {
        Throwable failure = failure(send.toCompletableFuture());
        assertEquals(
                Failure.CHANNEL,
                assertInstanceOf(SendRefusedException.class, failure).meaning());
        assertSame(error, failure.getCause());
        String text = failure.toString();
        assertTrue(text.contains("POSTHORN-M39: Channel 'orders'"), text);
        assertTrue(text.contains("smallrye-reactive-messaging-api-"), text);
        assertTrue(text.contains("kafka-clients-"), text);
    }

    @Test
    void anEventThatIsSentAgainBeforeItsAnswerIsHandedOverOnce() {
        CompletableFuture<Void> first = send();
        CompletableFuture<Void> again = send();
        assertEquals(1, emitter.count);

        first.cancel(false);
        emitter.taken().ack();
        assertNull(again.join());
        send();
        assertEquals(2, emitter.count, "an event that has been answered is sent again if somebody wants it");
    }

    @Test
    void whatACancelledChannelWasHandedIsNotWaitedFor() {
        send();
        emitter.thrown = new IllegalStateException("SRMSG00028: The subscription has been cancelled");
        emitter.cancelled = true;

        assertInstanceOf(SendRefusedException.class, failure(send()));
    }

    private Outlet outlet(MessageFactory messages) {
        return new Outlet(
                "orders", emitter, messages, new SendsUnderWay(Duration.ofMinutes(1), System::nanoTime, id -> {}));
    }

    private CompletableFuture<Void> send() {
        return outlet.send(event).toCompletableFuture();
    }

    private static Throwable failure(CompletableFuture<Void> send) {
        return requireNonNull(
                assertThrows(CompletionException.class, send::join).getCause());
    }

    private static final class FakeEmitter implements Emitter<Object> {

        @Nullable
        Message<?> message;

        @Nullable
        RuntimeException thrown;

        @Nullable
        LinkageError error;

        boolean cancelled;
        int count;

        Message<?> taken() {
            return requireNonNull(message, "nothing was sent");
        }

        @Override
        public CompletionStage<Void> send(Object payload) {
            throw new AssertionError("a payload alone can't be acknowledged");
        }

        @Override
        public <M extends Message<? extends Object>> void send(M sent) {
            if (thrown != null) {
                throw thrown;
            }
            if (error != null) {
                throw error;
            }
            message = sent;
            count++;
        }

        @Override
        public void complete() {
            throw new AssertionError("a channel is never completed");
        }

        @Override
        public void error(Exception e) {
            throw new AssertionError("a channel is never failed", e);
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean hasRequests() {
            return !cancelled;
        }
    }
}
