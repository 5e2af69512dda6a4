package dev.posthorn.tck.shop;

import jakarta.ejb.Stateless;

/** Transactions of the EJB container. */
@Stateless
public class SessionBean {

    public void inTransaction(Runnable work) {
        work.run();
    }
}
