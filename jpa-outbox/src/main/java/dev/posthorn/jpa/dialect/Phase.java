package dev.posthorn.jpa.dialect;

/**
 * In what an unfinished, ordered event of a key is, as far as those that follow it are concerned, on PostgreSQL. The conditions must match
 * those of the partial indexes literally.
 *
 * <p>The sum hides the state from all other indexes, those of what is unsent or held whatever its key. One of them would be
 * taken when its statistics are from a moment in which there was next to nothing in it, and gone through from end to end, its dead
 * entries included, for each event.
 */
public enum Phase {
    UNSENT("state + 0 = 0"),
    WAITING("state + 0 = 3"),
    /** Parked, dead with followers that wait for it, or delayed. */
    HELD("state + 0 IN (4, 6, 7)");

    private final String condition;

    Phase(String condition) {
        this.condition = condition;
    }

    /** The condition on the state of a row, which is called by an alias. */
    String condition(String row) {
        return row + "." + condition;
    }
}
