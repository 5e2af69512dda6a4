package dev.posthorn.tck.ledger;

/** Who begins and ends the transaction of a write. */
public enum Boundary {
    /** {@code @Transactional}. */
    INTERCEPTOR,
    /** A session bean's container. */
    CONTAINER,
    /** The application, by {@code UserTransaction}. */
    USER
}
