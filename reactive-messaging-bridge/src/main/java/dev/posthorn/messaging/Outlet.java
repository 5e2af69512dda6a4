package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** An open channel: its emitter, and how its connector wants messages. */
record Outlet(String channel, Emitter<Object> emitter, MessageFactory messages) {

    /** SmallRye's number for an emitter whose buffer is full; there is no exception class for it. */
    private static final String INSUFFICIENT_REQUESTS = "SRMSG00034";

    /**
     * Hands the event to the connector.
     *
     * @return completes with the broker's acknowledgement; exceptionally with what the connector or the emitter gave as a reason,
     *     which is a {@link SendRefusedException} if the channel is full or closed
     */
    CompletionStage<Void> send(EventEnvelope event) {
        EventMessage message = messages.message(event);
        try {
            emitter.send(message);
        } catch (RuntimeException e) {
            message.receipt().completeExceptionally(reason(e));
        }
        return message.receipt();
    }

    private RuntimeException reason(RuntimeException thrown) {
        if (String.valueOf(thrown.getMessage()).startsWith(INSUFFICIENT_REQUESTS)) {
            return new SendRefusedException(Failure.BROKER, BridgeMessages.full(channel), thrown);
        }
        if (emitter.isCancelled()) {
            return new SendRefusedException(Failure.CHANNEL, BridgeMessages.cancelled(channel), thrown);
        }
        return thrown;
    }
}
