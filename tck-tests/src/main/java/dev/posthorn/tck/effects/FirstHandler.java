package dev.posthorn.tck.effects;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import dev.posthorn.tck.ledger.Uncounted;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Can make up for what it has done. */
@ApplicationScoped
@Priority(1)
public class FirstHandler implements IntegrationEventHandler<Uncounted> {

    @Inject
    private Effects effects;

    @Override
    public void handle(Uncounted event, HandlingContext context) {
        effects.write(event.entry(), event.key(), 0, Effects.FIRST, context);
    }

    @Override
    public void compensate(Uncounted event, HandlingContext context) {
        effects.write(event.entry(), event.key(), 0, Effects.FIRST_UNDONE, context);
    }
}
