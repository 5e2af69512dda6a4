package dev.posthorn.jpa.transaction;

import dev.posthorn.Outbox;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JTA's transactions, and the EntityManager that the application's producer hands over. */
@ApplicationScoped
public class JtaTransactions implements Transactions {

    // An Instance, since a missing producer is a deployment problem that we report with the remedy.
    @Inject
    @Outbox
    Instance<EntityManager> producer;

    @Inject
    @Supplied
    Instance<TransactionSynchronizationRegistry> registry;

    private final Enlistment enlistment = new Enlistment();

    private volatile @Nullable EntityManager entityManager;

    @Override
    @Transactional(TxType.NOT_SUPPORTED)
    public void open() {
        entityManager().getMetamodel();
    }

    @Override
    public EntityManager current() {
        EntityManager em = entityManager();
        enlistment.require(em);
        return em;
    }

    @Override
    @Transactional(TxType.NOT_SUPPORTED)
    public void without(Consumer<EntityManager> work) {
        work.accept(entityManager());
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public <T> T separately(Function<EntityManager, T> work) {
        return work.apply(current());
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public void rolledBack(Consumer<EntityManager> work) {
        work.accept(entityManager());
        registry.get().setRollbackOnly();
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late) {
        work.accept(entityManager());
        // As events are stored that are fired late: the second comes after those of every EntityManager.
        before(() -> before(() -> {
            late.accept(entityManager());
            registry.get().setRollbackOnly();
        }));
    }

    /** Whoever is registered later is called later. */
    private void before(Runnable completion) {
        registry.get().registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                completion.run();
            }

            @Override
            public void afterCompletion(int status) {}
        });
    }

    @Override
    public Enlistment enlistment() {
        return enlistment;
    }

    private EntityManager entityManager() {
        EntityManager known = entityManager;
        return known != null ? known : produce();
    }

    /** Once: each further object from a dependent producer would live as long as this bean does. */
    private synchronized EntityManager produce() {
        EntityManager known = entityManager;
        if (known == null) {
            known = producer.get();
            entityManager = known;
        }
        return known;
    }
}
