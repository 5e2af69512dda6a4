package dev.posthorn.tck.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Stores business data, in a transaction that a caller may make fail. */
@ApplicationScoped
public class Notes {

    @PersistenceContext
    private EntityManager entityManager;

    @Transactional
    public void store(String id) {
        entityManager.persist(new Note(id));
    }

    /** The row is in the database before the failure, so that only a real rollback can remove it. */
    @Transactional
    public void storeAndFail(String id) {
        entityManager.persist(new Note(id));
        entityManager.flush();
        throw new IllegalStateException("to be rolled back");
    }

    @Transactional
    public boolean isStored(String id) {
        return entityManager.find(Note.class, id) != null;
    }
}
