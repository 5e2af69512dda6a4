package dev.posthorn.tck.post;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Keeps copies in a database of its own, in the transaction of the letter: two resources, and a commit in two phases. */
@ApplicationScoped
public class Archivist {

    public static final String UNIT = "copies";

    @PersistenceContext(unitName = UNIT)
    private EntityManager em;

    /** The unit begins to work before there is a transaction: creating its tables in one could break it. */
    void open(@Observes Startup startup) {
        em.getMetamodel();
    }

    void copy(@Observes Written letter) {
        em.persist(new Copy(letter.text()));
        em.flush();
    }
}
