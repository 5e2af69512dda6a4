package dev.posthorn.jpa;

import dev.posthorn.jpa.transaction.Enlistment;
import dev.posthorn.jpa.transaction.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stands in for JTA: a transaction belongs to the thread and has an EntityManager, and others can be put aside. */
final class ResourceLocalTransactions implements Transactions {

    private final EntityManagerFactory factory;
    private final UnaryOperator<EntityManager> handed;
    private final Enlistment enlistment = new Enlistment();

    @SuppressWarnings("ThreadLocalUsage") // one for each factory, as a test has several
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

    ResourceLocalTransactions(EntityManagerFactory factory) {
        this(factory, UnaryOperator.identity());
    }

    /** @param handed what the application makes of its EntityManagers before it hands them over */
    ResourceLocalTransactions(EntityManagerFactory factory, UnaryOperator<EntityManager> handed) {
        this.factory = factory;
        this.handed = handed;
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
        try (EntityManager em = handed.apply(factory.createEntityManager())) {
            work.accept(em);
        }
    }

    @Override
    public <T> T separately(Function<EntityManager, T> work) {
        return inTransaction(em -> {
            T result = work.apply(em);
            em.getTransaction().commit();
            return result;
        });
    }

    @Override
    public void rolledBack(Consumer<EntityManager> work) {
        inTransaction(em -> {
            work.accept(em);
            return true;
        });
    }

    @Override
    public void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late) {
        rolledBack(work.andThen(EntityManager::flush).andThen(late));
    }

    @Override
    public Enlistment enlistment() {
        return enlistment;
    }

    /** Rolled back unless the work commits it. */
    private <T> T inTransaction(Function<EntityManager, T> work) {
        EntityManager putAside = current.get();
        EntityManager em = handed.apply(factory.createEntityManager());
        try {
            current.set(em);
            em.getTransaction().begin();
            return work.apply(em);
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
