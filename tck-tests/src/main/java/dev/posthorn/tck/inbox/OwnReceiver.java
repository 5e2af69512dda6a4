package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Receives itself, and hands over. */
@ApplicationScoped
public class OwnReceiver {

    @Inject
    private IntegrationEvents events;

    @Incoming("own")
    public CompletionStage<Void> on(Message<byte[]> message) {
        return events.receive("own", message);
    }
}
