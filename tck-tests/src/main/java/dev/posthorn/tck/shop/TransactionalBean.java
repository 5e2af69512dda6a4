package dev.posthorn.tck.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Transactions of Jakarta Transactions' interceptor. */
@ApplicationScoped
public class TransactionalBean {

    @Transactional
    public void inTransaction(Runnable work) {
        work.run();
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void inNewTransaction(Runnable work) {
        work.run();
    }
}
