package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A message together with what its sender waits for. */
class EventMessage implements Message<Object> {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final EventEnvelope event;
    private final Object payload;
    private final CompletableFuture<Void> receipt = new CompletableFuture<>();

    EventMessage(EventEnvelope event, Object payload) {
        this.event = event;
        this.payload = payload;
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    @Override
    public Supplier<CompletionStage<Void>> getAck() {
        return this::acknowledge;
    }

    @Override
    public Function<Throwable, CompletionStage<Void>> getNack() {
        return this::refuse;
    }

    /** Completes with the broker's acknowledgement, on whatever thread brings it: usually the client's network thread. */
    CompletableFuture<Void> receipt() {
        return receipt;
    }

    /** The event, because connectors print the message when they fail to send it. */
    @Override
    public String toString() {
        return event.toString();
    }

    private CompletionStage<Void> acknowledge() {
        receipt.complete(null);
        return DONE;
    }

    private CompletionStage<Void> refuse(Throwable reason) {
        receipt.completeExceptionally(reason);
        // The refusal itself has been taken note of. A stage that fails here would make the connector cancel the
        // channel.
        return DONE;
    }
}
