package dev.posthorn.inbox;

/** What may be wrong around the inbox, on purpose, to show that the simulation notices. */
enum Bug {
    NONE(0),
    /** The store admits an event although earlier ones of its key are unfinished. */
    STORE_ADMITS_WHAT_IS_BEHIND(0),
    /** The store takes for known what another transaction may yet roll back. */
    STORE_KNOWS_WHAT_IS_NOT_COMMITTED(31),
    /** What is kept is due although earlier ones of its key are unfinished. */
    STORE_KEEPS_EVERYTHING_AS_DUE(0),
    /** An entry is claimed although it has changed since it was seen. */
    STORE_CLAIMS_WHAT_HAS_CHANGED(24),
    /** An entry is claimed although somebody else has locked it. */
    STORE_CLAIMS_WHAT_IS_LOCKED(0),
    /** What waits goes on although what it waits for is unfinished. */
    STORE_RELEASES_TOO_EARLY(0),
    /** The last of a key goes on, not the first. */
    STORE_RELEASES_THE_LAST(0),
    /** What an operator requeues is due at once, whatever is before it in its key. */
    OPERATOR_REQUEUES_OUT_OF_TURN(84),
    /** An operator discards an entry although a handler is at work on it. */
    OPERATOR_DISCARDS_WHAT_IS_LOCKED(920),
    /** An entry that was made up for is made up for again once it is requeued. */
    OPERATOR_REQUEUES_AS_IT_WAS(5),
    /** A transaction that was rolled back is said to be committed. */
    ROLLBACK_REPORTED_AS_COMMIT(12),
    /** What handlers do is committed with each statement. */
    EFFECTS_OUTSIDE_THE_TRANSACTION(0);

    /** A run that found it once. */
    final long seed;

    Bug(long seed) {
        this.seed = seed;
    }
}
