package dev.posthorn.jpa;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JTA's transactions, and the EntityManager that the application's producer hands over. */
@ApplicationScoped
class JtaTransactions implements Transactions {

    // An Instance, since a missing producer is a deployment problem that we report with the remedy.
    @Inject
    @Outbox
    Instance<EntityManager> producer;

    private volatile @Nullable EntityManager entityManager;

    @Override
    @Transactional(TxType.NOT_SUPPORTED)
    public void open() {
        current().getMetamodel();
    }

    @Override
    public EntityManager current() {
        EntityManager known = entityManager;
        return known != null ? known : produce();
    }

    @Override
    @Transactional(TxType.NOT_SUPPORTED)
    public void without(Consumer<EntityManager> work) {
        work.accept(current());
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public <T> T separately(Function<EntityManager, T> work) {
        return work.apply(current());
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
