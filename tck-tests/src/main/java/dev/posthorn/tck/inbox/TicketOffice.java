package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Fails twice; an interceptor calls it again, within one attempt. */
@ApplicationScoped
public class TicketOffice implements IntegrationEventHandler<Ticket> {

    private final AtomicInteger calls = new AtomicInteger();

    @Inject
    private Desk desk;

    @Override
    @Retry(maxRetries = 2, delay = 0, jitter = 0)
    public void handle(Ticket event, HandlingContext context) {
        desk.note(event.order(), "attempt " + context.attempt());
        if (calls.incrementAndGet() <= 2) {
            throw new IllegalStateException("the office is closed");
        }
        desk.work(event.order(), "ticket " + event.text());
    }
}
