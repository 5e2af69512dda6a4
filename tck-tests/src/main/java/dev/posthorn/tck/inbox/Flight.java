package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Step 1 of a journey. */
@ApplicationScoped
@Priority(1)
public class Flight implements IntegrationEventHandler<Journey> {

    @Inject
    private Desk desk;

    @Override
    public void handle(Journey event, HandlingContext context) {
        desk.work(event.order(), "Flight " + event.text());
    }

    @Override
    public void compensate(Journey event, HandlingContext context) {
        desk.work(event.order(), "no Flight " + event.text());
    }
}
