package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Step 2 of a journey. */
@ApplicationScoped
@Priority(2)
public class Hotel implements IntegrationEventHandler<Journey> {

    @Inject
    private Desk desk;

    @Override
    public void handle(Journey event, HandlingContext context) {
        desk.work(event.order(), "Hotel " + event.text());
    }

    @Override
    public void compensate(Journey event, HandlingContext context) {
        desk.work(event.order(), "no Hotel " + event.text());
    }
}
