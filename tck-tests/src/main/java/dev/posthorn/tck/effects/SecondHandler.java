package dev.posthorn.tck.effects;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;
import dev.posthorn.tck.ledger.Uncounted;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadLocalRandom;

/** Never succeeds where there is no hope. */
@ApplicationScoped
@Priority(2)
public class SecondHandler implements IntegrationEventHandler<Uncounted> {

    @Inject
    private Effects effects;

    @Override
    public void handle(Uncounted event, HandlingContext context) {
        effects.write(event.entry(), event.key(), 0, Effects.SECOND, context);
        if (Effects.isHopeless(event.entry())) {
            Effects.fail(ThreadLocalRandom.current().nextBoolean());
        }
    }
}
