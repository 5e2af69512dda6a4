package dev.posthorn.tck.once;

import dev.posthorn.Outbox;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Does what handlers want done: passes the turnstiles before the commit and after it, and fails as told. */
@ApplicationScoped
public class Deeds {

    @Inject
    @Outbox
    private EntityManager em;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    private final Turnstiles turnstiles = new Turnstiles();

    public void perform(String who, String what) {
        em.persist(new Deed(who, what));
        em.flush();
        turnstiles.pass(who, "before " + what);
        turnstiles.failAsTold(who, what);
        transaction.registerInterposedSynchronization(new AfterCommit(() -> turnstiles.pass(who, "after " + what)));
    }

    void arrived(String who, String what) {
        turnstiles.note(who, "arrived " + what);
    }

    private record AfterCommit(Runnable action) implements Synchronization {

        @Override
        public void beforeCompletion() {
            // Nothing is to be done then.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                action.run();
            }
        }
    }
}
