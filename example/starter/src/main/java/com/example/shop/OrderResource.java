package com.example.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

@Path("orders")
@ApplicationScoped
public class OrderResource {

    @PersistenceContext
    EntityManager em;

    @Inject
    Event<OrderPlaced> placed;

    /** The order and its event are committed together, or not at all. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Transactional
    public long place(Order order) {
        em.persist(order);
        em.flush();
        placed.fire(new OrderPlaced(order.customer, order.id, order.amount));
        return order.id;
    }
}
