package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Tries again, several times and with pauses, what could not be sent at once; answers when it is done. */
public interface Retrier {

    /**
     * Returns when the broker has acknowledged the event; throws if it gave up.
     *
     * @param attempt hands the event to the transport, which may block, or shares the answer to an earlier attempt that the transport
     *     still has
     */
    void send(EventEnvelope event, Supplier<CompletionStage<Void>> attempt) throws Exception;
}
