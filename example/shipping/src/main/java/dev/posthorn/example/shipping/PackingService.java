package dev.posthorn.example.shipping;

import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Packs a parcel for each order. */
@ApplicationScoped
public class PackingService {

    @PersistenceContext
    EntityManager entityManager;

    /** Called once for each event, in the transaction that also notes the event as handled: both are committed, or neither. */
    void pack(@Observes @Received OrderPlaced order) {
        entityManager.persist(new Parcel(order.orderId(), order.customer()));
    }
}
