package dev.posthorn.benchmarks.shipping;

import dev.posthorn.Outbox;
import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** With Posthorn: once, in one transaction with the inbox. */
@ApplicationScoped
public class Handlers {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager em;

    @Inject
    Handled handled;

    void count(@Observes @Received OrderSeen order) {
        handled.add("posthorn-trivial");
    }

    void store(@Observes @Received OrderPlaced order) {
        em.persist(new Parcel(order));
        handled.add("posthorn-row");
    }
}
