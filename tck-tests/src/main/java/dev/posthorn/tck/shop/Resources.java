package dev.posthorn.tck.shop;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The one line that every application writes. */
@ApplicationScoped
public class Resources {

    @Produces
    @Outbox
    @PersistenceContext
    EntityManager em;
}
