package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Consumer;
import java.util.function.Function;

/** Stands in for JTA: a transaction belongs to the thread and has an EntityManager, and others can be put aside. */
final class ResourceLocalTransactions implements Transactions {

    private final EntityManagerFactory factory;

    @SuppressWarnings("ThreadLocalUsage") // one for each factory, as a test has several
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

    ResourceLocalTransactions(EntityManagerFactory factory) {
        this.factory = factory;
    }

    /** The factory is ready when it is made. */
    @Override
    public void open() {}

    @Override
    public EntityManager current() {
        EntityManager em = current.get();
        if (em == null) {
            throw new IllegalStateException("no transaction");
        }
        return em;
    }

    @Override
    public void without(Consumer<EntityManager> work) {
        try (EntityManager em = factory.createEntityManager()) {
            work.accept(em);
        }
    }

    @Override
    public <T> T separately(Function<EntityManager, T> work) {
        EntityManager putAside = current.get();
        EntityManager em = factory.createEntityManager();
        try {
            current.set(em);
            em.getTransaction().begin();
            T result = work.apply(em);
            em.getTransaction().commit();
            return result;
        } finally {
            end(em);
            current.set(putAside);
        }
    }

    private static void end(EntityManager em) {
        if (em.getTransaction().isActive()) {
            em.getTransaction().rollback();
        }
        em.close();
    }
}
