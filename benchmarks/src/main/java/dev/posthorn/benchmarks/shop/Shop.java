package dev.posthorn.benchmarks.shop;

import dev.posthorn.Outbox;
import dev.posthorn.benchmarks.load.OrderPlaced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** The same transaction with the event and without. */
@ApplicationScoped
public class Shop {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager em;

    @Inject
    Event<OrderPlaced> events;

    @Transactional
    public void placeWithEvent(OrderPlaced order) {
        em.persist(new Purchase(order));
        events.fire(order);
    }

    @Transactional
    public void placeWithout(OrderPlaced order) {
        em.persist(new Purchase(order));
    }
}
