package dev.posthorn.channel;

/**
 * What is yet to be read from the table. In {@link Mode#MEMORY} there is nothing: events come straight from their transactions. In
 * {@link Mode#TABLE}, after an overflow, all are read, until a read has found the end. Guarded by the channel's monitor.
 */
final class Backlog {

    enum Mode {
        MEMORY,
        TABLE
    }

    /** What an earlier start left behind is in the table. */
    private Mode mode = Mode.TABLE;

    private boolean wanted = true;

    /** Whether the next read must not go on from {@link #readTo}, since something before that may have become unsent, or visible. */
    private boolean fromStart = true;

    /** How often something may have become unsent that was not. */
    private int changes = 1;

    private long readTo;

    Mode mode() {
        return mode;
    }

    /** Whether there is something to read. */
    boolean isWanted() {
        return wanted;
    }

    int changes() {
        return changes;
    }

    /** Something may have become unsent, or visible, anywhere in the table. */
    void wantRead() {
        changes++;
        wanted = true;
        fromStart = true;
    }

    /** There is more behind what was read. */
    void readOn() {
        wanted = true;
    }

    /** The same, when all up to this number has been read. */
    void readOn(long seq) {
        readTo = seq;
        wanted = true;
    }

    /** What was in memory behind an event that is passed over has gone to the table with it. */
    void readFollowers() {
        wanted = true;
        fromStart |= mode == Mode.MEMORY;
    }

    /**
     * A read begins.
     *
     * @return behind which event
     */
    long begin() {
        if (fromStart) {
            readTo = 0;
        }
        wanted = false;
        fromStart = false;
        return readTo;
    }

    /** Nothing is left to be read. */
    void useMemory() {
        mode = Mode.MEMORY;
    }

    /** The table has, or is about to have, what memory does not know. */
    void useTable() {
        mode = Mode.TABLE;
    }
}
