package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Handles as a bean, after the observer. */
@Dependent
@Priority(2)
public class OrderHandler implements IntegrationEventHandler<OrderArrived> {

    @Inject
    private Desk desk;

    @Override
    public void handle(OrderArrived event, HandlingContext context) {
        desk.work(event.order(), "handler " + event.text());
    }
}
