package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Step 3 of a journey. */
@ApplicationScoped
@Priority(3)
public class Car implements IntegrationEventHandler<Journey> {

    @Inject
    private Desk desk;

    @Override
    public void handle(Journey event, HandlingContext context) {
        desk.work(event.order(), "Car " + event.text());
    }

    @Override
    public void compensate(Journey event, HandlingContext context) {
        desk.work(event.order(), "no Car " + event.text());
    }
}
