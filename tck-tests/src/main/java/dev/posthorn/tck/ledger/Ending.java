package dev.posthorn.tck.ledger;

/** How a write is meant to end, if nothing else ends it. */
public enum Ending {
    COMMIT,
    /** Rolled back by the business, before anything is stored. */
    EXCEPTION,
    /** Refused by the database when the transaction completes, after its events have been stored. */
    DUPLICATE
}
