package dev.posthorn.runtime;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.capture.Capture;
import dev.posthorn.capture.PublishingIntegrationEvents;
import dev.posthorn.handle.CurrentHandling;
import dev.posthorn.health.BacklogHealth;
import dev.posthorn.health.InboxHealth;
import dev.posthorn.health.NodeHealth;
import dev.posthorn.operator.InboxOperator;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.store.StoreDue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What Posthorn gives the application and its own extension. */
@ApplicationScoped
public class PosthornBeans {

    @Inject
    private Posthorn posthorn;

    @Inject
    private Receiving receiving;

    /** Made when the first event is fired, perhaps by a bean that the server starts before Posthorn: then there are no tables yet. */
    @Produces
    @Singleton
    Capture capture() {
        posthorn.makeReady();
        return posthorn.parts().capture;
    }

    @Produces
    @ApplicationScoped
    IntegrationEvents integrationEvents(Capture capture) {
        return new PublishingIntegrationEvents(capture, receiving::receive);
    }

    @Produces
    @ApplicationScoped
    OutboxOperator outboxOperator() {
        return posthorn.parts().operations;
    }

    @Produces
    @ApplicationScoped
    InboxOperator inboxOperator() {
        return posthorn.parts().inboxOperations;
    }

    /** What an observer of a received event takes as its parameter. */
    @Produces
    HandlingContext handlingContext() {
        return CurrentHandling.context()
                .orElseThrow(() -> new IllegalStateException(
                        "POSTHORN-5322 No event is handled on this thread, so there is no HandlingContext. In a"
                                + " bean that lives longer than that, inject an Instance<HandlingContext>."));
    }

    @Produces
    @Singleton
    NodeHealth nodeHealth() {
        return posthorn.parts().nodeHealth;
    }

    @Produces
    @Singleton
    BacklogHealth backlogHealth() {
        return posthorn.parts().backlogHealth;
    }

    @Produces
    @Singleton
    InboxHealth inboxHealth() {
        return new InboxHealth(receiving::ended);
    }

    void store(@Observes(during = TransactionPhase.BEFORE_COMPLETION) StoreDue due) {
        posthorn.parts().storing.store(due.buffer());
    }
}
