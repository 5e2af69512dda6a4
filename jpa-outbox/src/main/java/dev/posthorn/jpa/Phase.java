package dev.posthorn.jpa;

/**
 * In what an unfinished, ordered event of a key is, as far as those that follow it are concerned. The conditions must imply those of
 * the partial indexes.
 */
enum Phase {
    UNSENT("state = 0"),
    /**
     * Said twice, since for "one of" PostgreSQL does not take an index that begins with the state for one that is in the order of what
     * follows, where it would look through all that waits.
     */
    WAITING("state IN (3, 3)"),
    /** Parked, dead with followers that wait for it, or delayed. */
    HELD("state IN (4, 6, 7)");

    private final String condition;

    Phase(String condition) {
        this.condition = condition;
    }

    /** The condition on the state of a row, which is called by an alias. */
    String condition(String row) {
        return row + "." + condition;
    }
}
