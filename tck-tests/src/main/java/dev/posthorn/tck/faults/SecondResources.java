package dev.posthorn.tck.faults;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** One producer too many. */
@ApplicationScoped
public class SecondResources {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager em;
}
