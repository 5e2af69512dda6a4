package dev.posthorn.tck.post;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Names the persistence unit, as an application must that has several. */
@ApplicationScoped
public class PostResources {

    public static final String UNIT = "post";

    @Produces
    @Outbox
    @PersistenceContext(unitName = UNIT)
    EntityManager em;
}
