package dev.posthorn.tck.inbox;

import dev.posthorn.HandlingContext;
import dev.posthorn.Received;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Handles by observing. */
@ApplicationScoped
public class OrderObserver {

    @Inject
    private Desk desk;

    @Inject
    private Event<Answer> answers;

    void on(@Observes @Received @Priority(1) OrderArrived event, HandlingContext context) {
        desk.note(
                event.order(),
                "attempt " + context.attempt() + " of " + context.id() + " from " + context.source() + " on "
                        + context.channel() + " with "
                        + context.header("colour").orElse("no colour") + " and "
                        + context.traceParent().orElse("no trace"));
        desk.work(event.order(), "observer " + event.text());
        if (event.text().startsWith("answer")) {
            answers.fire(new Answer(event.order(), event.text()));
        }
    }

    /** Is for what this application fires, which is nothing. */
    void onOwn(@Observes OrderArrived event) {
        desk.note(event.order(), "observed as if it were ours");
    }

    void on(@Observes @Received Skippable event) {
        desk.work(event.order(), "skippable " + event.text());
    }

    void on(@Observes @Received Payment event) {
        desk.work(event.order(), "payment " + event.text());
    }
}
