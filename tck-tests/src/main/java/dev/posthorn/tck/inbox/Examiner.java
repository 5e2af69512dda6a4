package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Notes what specimens were read as. */
@ApplicationScoped
public class Examiner {

    @Inject
    private Desk desk;

    void on(@Observes @Received Specimen specimen, HandlingContext context) {
        desk.work(specimen.order(), specimen.summary() + " at " + context.time());
    }

    void on(@Observes @Received Bell bell, HandlingContext context) {
        desk.work(String.valueOf(context.key()), "bell");
    }
}
