package dev.posthorn.tck.witness;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

/** Stands between the relay and its transport, and changes nothing. */
@Decorator
@Priority(1)
public abstract class WatchedTransport implements EventTransport {

    @Inject
    @Delegate
    @Any
    private EventTransport transport;

    @Inject
    private Witness witness;

    @Override
    public CompletionStage<?> send(EventEnvelope event) {
        witness.sees("send");
        return transport.send(event);
    }
}
