package dev.posthorn.tck.ledger;

/** How a write is meant to end, if nothing else ends it. */
public enum Ending {
    COMMIT,
    /** Rolled back by the business, before anything is stored. */
    EXCEPTION,
    /** Refused by the database when the transaction completes, after its events have been stored. */
    DUPLICATE,
    /** The COMMIT itself fails, by a constraint that is checked no earlier. */
    DEFERRED_CONSTRAINT,
    /** The COMMIT itself fails as it does where transactions can't be put in an order. */
    SERIALIZATION_FAILURE,
    /** The database ends the connection during the COMMIT. */
    KILLED_CONNECTION
}
