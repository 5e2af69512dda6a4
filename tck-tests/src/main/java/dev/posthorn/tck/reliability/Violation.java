package dev.posthorn.tck.reliability;

/** The ways to break a promise. */
enum Violation {
    /** Committed, and never received. */
    LOST,
    /** Received, and never committed. */
    NOT_COMMITTED,
    /** First received after a later one of its key. */
    OVERTAKEN,
    /** Published as two events. */
    TWO_IDS,
    /** Sent again without a reason: nobody died or was frozen, and no answer can have been lost. */
    NEEDLESS_DUPLICATE,
    /** Not delivered or not marked for long, although nothing was wrong but another topic, an observer or a handler. */
    HELD_UP,
    /** Failures were counted for an event, although it was its topic that was missing or forbidden, or the broker that was away. */
    BLAMED,
    /** Received, and not handled, or not by all of its handlers. */
    UNHANDLED,
    /** Given up after all attempts, and not where operators look for it. */
    NOT_KEPT,
    /** Something was done twice for an event, or made up for although it need not be. */
    HANDLED_TWICE,
    /** Handled after a later one of its key. */
    HANDLED_LATE,
    /** The row is not finished, although there is nothing left that it could wait for. */
    STUCK,
    /** Confirmed to the client and not in the ledger: this would be the database's fault, or the suite's. */
    LEDGER
}
