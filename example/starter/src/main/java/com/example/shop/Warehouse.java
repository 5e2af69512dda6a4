package com.example.shop;

import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("parcels")
@ApplicationScoped
public class Warehouse {

    @PersistenceContext
    EntityManager em;

    /** Once per order, however often the broker delivers it. */
    void pack(@Observes @Received OrderPlaced event) {
        em.persist(new Parcel(event.order(), event.customer()));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Parcel> parcels() {
        return em.createQuery("SELECT p FROM Parcel p ORDER BY p.order", Parcel.class).getResultList();
    }
}
