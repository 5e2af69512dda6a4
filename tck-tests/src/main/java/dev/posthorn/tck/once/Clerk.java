package dev.posthorn.tck.once;

import dev.posthorn.Received;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Runs errands, and tells that they are done. */
@ApplicationScoped
public class Clerk {

    @Inject
    private Deeds deeds;

    @Inject
    private Event<Returned> returned;

    void on(@Observes @Received @Priority(1) Errand errand) {
        deeds.perform(errand.who(), errand.what());
        returned.fire(new Returned(errand.who(), errand.what()));
    }

    void file(@Observes @Received @Priority(2) Errand errand) {
        deeds.perform(errand.who(), "filed " + errand.what());
    }
}
