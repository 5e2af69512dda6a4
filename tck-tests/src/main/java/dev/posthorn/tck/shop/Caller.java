package dev.posthorn.tck.shop;

import jakarta.enterprise.inject.spi.CDI;

/** Whose transaction it is. */
public enum Caller {
    TRANSACTIONAL {
        @Override
        public void inTransaction(Runnable work) {
            CDI.current().select(TransactionalBean.class).get().inTransaction(work);
        }
    },
    EJB {
        @Override
        public void inTransaction(Runnable work) {
            CDI.current().select(SessionBean.class).get().inTransaction(work);
        }
    },
    USER_TRANSACTION {
        @Override
        public void inTransaction(Runnable work) {
            CDI.current().select(UserTransactions.class).get().inTransaction(work);
        }
    };

    /** Runs the work in a transaction and commits; what the work throws rolls back and comes out. */
    public abstract void inTransaction(Runnable work);
}
