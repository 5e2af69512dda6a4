package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** An open channel: its emitter, how its connector wants messages, and what the connector has not answered for yet. */
final class Outlet {

    /** SmallRye's number for an emitter whose buffer is full; there is no exception class for it. */
    private static final String INSUFFICIENT_REQUESTS = "SRMSG00034";

    private final String channel;
    private final Emitter<Object> emitter;
    private final MessageFactory messages;
    private final SendsUnderWay underWay;

    Outlet(String channel, Emitter<Object> emitter, MessageFactory messages, SendsUnderWay underWay) {
        this.channel = channel;
        this.emitter = emitter;
        this.messages = messages;
        this.underWay = underWay;
    }

    /**
     * Hands the event to the connector, if the connector has not got it already.
     *
     * @return completes with the broker's acknowledgement; exceptionally with what the connector or the emitter gave as a reason,
     *     which is a {@link SendRefusedException} if the channel is full or closed
     */
    CompletionStage<Void> send(EventEnvelope event) {
        if (emitter.isCancelled()) {
            underWay.forgetAll();
        }
        return underWay.send(event.id(), () -> hand(event));
    }

    private CompletionStage<Void> hand(EventEnvelope event) {
        try {
            EventMessage message = messages.message(event);
            emitter.send(message);
            return message.receipt();
        } catch (RuntimeException e) {
            throw reason(e);
        } catch (LinkageError e) {
            throw new SendRefusedException(Failure.CHANNEL, BridgeMessages.doesNotLink(channel, e), e);
        }
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
