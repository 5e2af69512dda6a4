package dev.posthorn.relay;

/** What may be wrong around the engine, on purpose, to show that the simulation notices. */
enum Bug {
    NONE(0),
    /** The store reads on from the last number it has returned, and so passes over what becomes visible late. */
    STORE_READS_ON_FROM_LAST_NUMBER(1),
    /** The store says that there are no more events when it has only reached the limit. */
    STORE_SAYS_COMPLETE_AT_LIMIT(1),
    /** Nobody takes over what the dead have left. */
    STORE_ADOPTS_NOTHING(0),
    /** Nodes that live lose what is theirs. */
    STORE_ADOPTS_FROM_THE_LIVING(0),
    /** Whose turn it is does not depend on what others own. */
    STORE_ASKS_NO_OTHER_OWNERS(0),
    /** Whose turn it is does not depend on what is dead, delayed, waiting or parked. */
    STORE_OVERLOOKS_WHAT_IS_NOT_UNSENT(0),
    /** What was delivered, but not marked, is put away. */
    STORE_SHELVES_THE_DELIVERED(7),
    /** What waits is released although what is before it has not been settled. */
    STORE_RELEASES_WHAT_IS_NOT_FIRST(250),
    /** The transport says that the broker has the event when it has only been handed over. */
    TRANSPORT_ACKNOWLEDGES_TOO_EARLY(0),
    /** The relay hears of events only when their transaction has committed. */
    TICKET_AFTER_COMMIT(0),
    /** The end of a transaction is taken for a commit. */
    ROLLBACK_REPORTED_AS_COMMIT(0),
    /** Nobody tells the relay of a commit. */
    COMMIT_NOT_REPORTED(1);

    /** A run that found it once. */
    final long seed;

    Bug(long seed) {
        this.seed = seed;
    }
}
