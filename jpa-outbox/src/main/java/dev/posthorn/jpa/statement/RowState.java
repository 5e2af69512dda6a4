package dev.posthorn.jpa.statement;

import java.util.Arrays;

/**
 * What {@code posthorn_outbox.state} says. The numbers are stored, and written out in conditions, which must
 * match those of the indexes literally: they never change.
 */
public enum RowState {
    UNSENT(0),
    DELIVERED(1),
    DEAD(2),
    WAITING(3),
    PARKED(4),
    DISCARDED(5),
    /** Dead, and its key waits for it. */
    BLOCKING(6),
    /** Failed, and nobody's until its time has come. */
    DELAYED(7);

    private final int code;

    RowState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /**
     * The state that a column says.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static RowState read(Object value) {
        int code = Values.integer(value);
        return Arrays.stream(values())
                .filter(state -> state.code == code)
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("is " + code + ", which is no state"));
    }
}
