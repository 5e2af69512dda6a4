package dev.posthorn.jpa.dialect;

/**
 * Parts of what is unfinished in a key of the inbox. The conditions must match those of the partial indexes, and the phases those of
 * the generated columns, literally.
 */
public enum KeyPart {
    UNFINISHED("state IN (0, 3, 4, 6, 7)", "order_phase IN (0, 1, 2)"),
    WAITING("state = 3", "order_phase = 1"),
    DUE("state IN (0, 7)", "order_phase = 0"),
    /** Parked, or dead with followers that wait for it. */
    HELD("state IN (4, 6)", "order_phase = 2");

    private final String condition;
    private final String phases;

    KeyPart(String condition, String phases) {
        this.condition = condition;
        this.phases = phases;
    }

    /** The condition on the state of a row, which is called by an alias. */
    String condition(String row) {
        return row + "." + condition;
    }

    /** The condition on the generated phase of a row. */
    String phases(String row) {
        return row + "." + phases;
    }
}
