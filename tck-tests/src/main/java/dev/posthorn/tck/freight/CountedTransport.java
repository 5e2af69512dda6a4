package dev.posthorn.tck.freight;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

/** Stands between the relay and its transport, and counts. */
@Decorator
@Priority(1)
public abstract class CountedTransport implements EventTransport {

    @Inject
    @Delegate
    @Any
    private EventTransport transport;

    @Inject
    private Sends sends;

    @Override
    public CompletionStage<?> send(EventEnvelope event) {
        sends.count(event.topic());
        return transport.send(event);
    }
}
