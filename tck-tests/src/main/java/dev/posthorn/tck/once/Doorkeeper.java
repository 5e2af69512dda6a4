package dev.posthorn.tck.once;

import dev.posthorn.EventMiddleware;
import dev.posthorn.HandlingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Sees every errand that arrives, repetitions too: stands outside the transaction. */
@ApplicationScoped
@Priority(EventMiddleware.TRANSACTION_PRIORITY - 1)
public class Doorkeeper implements EventMiddleware<Errand> {

    @Inject
    private Deeds deeds;

    @Override
    public void around(Errand errand, HandlingContext context, Next next) throws Exception {
        deeds.arrived(errand.who(), errand.what());
        next.proceed();
    }
}
