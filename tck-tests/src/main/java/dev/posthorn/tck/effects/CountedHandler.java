package dev.posthorn.tck.effects;

import dev.posthorn.HandlingContext;
import dev.posthorn.Received;
import dev.posthorn.tck.ledger.Counted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Consumes, works and publishes, in one transaction. */
@ApplicationScoped
public class CountedHandler {

    @Inject
    private Effects effects;

    @Inject
    private Event<Followed> followed;

    void on(@Observes @Received Counted event, HandlingContext context) {
        followed.fire(new Followed(event.key(), event.number(), event.entry()));
        effects.write(event.entry(), event.key(), event.number(), Effects.COUNTED, context);
    }
}
