package dev.posthorn.example.shipping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("/parcels")
@ApplicationScoped
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class ParcelResource {

    @PersistenceContext
    EntityManager entityManager;

    @GET
    public List<Parcel> all() {
        return entityManager
                .createQuery("select p from Parcel p order by p.id", Parcel.class)
                .getResultList();
    }
}
