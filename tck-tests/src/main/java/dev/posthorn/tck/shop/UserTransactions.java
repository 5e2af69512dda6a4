package dev.posthorn.tck.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** Transactions begun and ended by hand. */
@ApplicationScoped
public class UserTransactions {

    @Inject
    private UserTransaction transaction;

    public void inTransaction(Runnable work) {
        try {
            transaction.begin();
            run(work);
            transaction.commit();
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | jakarta.transaction.HeuristicMixedException
                | jakarta.transaction.HeuristicRollbackException e) {
            throw new IllegalStateException("The transaction did not commit", e);
        }
    }

    private void run(Runnable work) throws SystemException {
        try {
            work.run();
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
    }
}
