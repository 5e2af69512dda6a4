package dev.posthorn.tck.once;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Step 1 of a tour. */
@ApplicationScoped
@Priority(1)
public class Train implements IntegrationEventHandler<Tour> {

    @Inject
    private Deeds deeds;

    @Override
    public void handle(Tour tour, HandlingContext context) {
        deeds.perform(tour.who(), "Train");
    }

    @Override
    public void compensate(Tour tour, HandlingContext context) {
        deeds.perform(tour.who(), "no Train");
    }
}
