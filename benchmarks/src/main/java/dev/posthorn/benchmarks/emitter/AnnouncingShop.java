package dev.posthorn.benchmarks.emitter;

import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.server.OrderJson;
import dev.posthorn.benchmarks.server.Purchase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** No outbox at all: it sends after the commit, and what fails then, or is cut short by a crash, nobody ever sends. */
@ApplicationScoped
public class AnnouncingShop {

    @PersistenceContext
    EntityManager em;

    @Inject
    Event<Announcement> announcements;

    @Inject
    OrderJson json;

    @Inject
    OrderEmitter emitter;

    @Transactional
    public void place(List<OrderPlaced> orders) {
        em.persist(new Purchase(orders.get(0)));
        orders.forEach(order -> announcements.fire(new Announcement(order)));
    }

    /** On the transaction's thread, which does not wait for Kafka. */
    void send(@Observes(during = TransactionPhase.AFTER_SUCCESS) Announcement announcement) {
        OrderPlaced order = announcement.order();
        emitter.send(order.key(), json.bytes(order));
    }
}
