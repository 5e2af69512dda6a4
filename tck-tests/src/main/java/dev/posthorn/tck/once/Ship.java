package dev.posthorn.tck.once;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Step 2 of a tour. */
@ApplicationScoped
@Priority(2)
public class Ship implements IntegrationEventHandler<Tour> {

    @Inject
    private Deeds deeds;

    @Override
    public void handle(Tour tour, HandlingContext context) {
        deeds.perform(tour.who(), "Ship");
    }

    @Override
    public void compensate(Tour tour, HandlingContext context) {
        deeds.perform(tour.who(), "no Ship");
    }
}
