package dev.posthorn.tck.faults;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.SynchronizationType;

/** A producer of what joins no transaction unless it is told to. */
@ApplicationScoped
public class UnsynchronizedResources {

    @Produces
    @Outbox
    @PersistenceContext(synchronization = SynchronizationType.UNSYNCHRONIZED)
    EntityManager em;
}
