package dev.posthorn.tck.post;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Keeps copies in a database of its own, in the transaction of the letter: two resources, and a commit in two phases. */
@ApplicationScoped
public class Archivist {

    public static final String UNIT = "copies";

    @PersistenceContext(unitName = UNIT)
    private EntityManager em;

    void copy(@Observes Written letter) {
        em.persist(new Copy(letter.text()));
        em.flush();
    }
}
