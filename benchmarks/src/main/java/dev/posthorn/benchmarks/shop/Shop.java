package dev.posthorn.benchmarks.shop;

import dev.posthorn.Outbox;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.server.Purchase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** The same transaction with events and without. */
@ApplicationScoped
public class Shop {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager em;

    @Inject
    Event<OrderPlaced> events;

    @Transactional
    public void placeWithEvents(List<OrderPlaced> orders) {
        em.persist(new Purchase(orders.get(0)));
        orders.forEach(events::fire);
    }

    @Transactional
    public void placeWithout(List<OrderPlaced> orders) {
        em.persist(new Purchase(orders.get(0)));
    }
}
