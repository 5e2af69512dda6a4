package dev.posthorn.tck.inbox;

import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Handles events that are nothing but trouble, as far as it gets. */
@ApplicationScoped
public class TroubleObserver {

    @Inject
    private Desk desk;

    void on(@Observes @Received Broken event) {
        desk.work(event.order(), "broken " + event.text());
    }

    void on(@Observes @Received Parcel event) {
        desk.work(event.order(), "parcel " + event.text());
    }

    void on(@Observes @Received Troublesome event) {
        desk.work(event.order(), "troublesome " + event.text());
        if (event.text().startsWith("unprintable")) {
            throw new Unprintable();
        }
        if (event.text().startsWith("error")) {
            throw new NoClassDefFoundError("of a handler");
        }
    }
}
