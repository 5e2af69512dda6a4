package dev.posthorn.tck.inbox;

import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Observes a hierarchy. */
@ApplicationScoped
public class NoticeObserver {

    @Inject
    private Desk desk;

    void dunning(@Observes @Received Notice.Dunning event) {
        desk.work(event.order, "dunning " + event.text);
    }

    void notice(@Observes @Received Notice event) {
        desk.work(
                event.order, "notice " + event.text + " of " + event.getClass().getSimpleName());
    }

    void thanks(@Observes @Received Notice.Thanks event) {
        desk.work(event.order, "thanks " + event.text);
    }
}
