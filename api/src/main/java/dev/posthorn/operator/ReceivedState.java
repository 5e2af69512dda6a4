package dev.posthorn.operator;

/** What has become of a received event. */
public enum ReceivedState {
    /** It is handled as soon as possible. */
    DUE,
    /** Handling it failed; it is handled again at its time. */
    DELAYED,
    /** An earlier event of its key is unfinished; it goes on by itself after that one. */
    WAITING,
    /** It can't be handled, or not even be read, and is not tried again by itself. */
    DEAD,
    /** It is held back, with its key, until an operator releases the key. */
    PARKED,
    /** Its handlers' work is committed, or there was nothing for them to do. */
    HANDLED,
    /** An operator or middleware has given it up: it is never handled. */
    DISCARDED,
    /**
     * The store has it in a state that this version does not know, because a newer version has been at work, or somebody changed it by
     * hand. Nobody handles it, and nothing waits for it. It can be requeued and discarded.
     */
    UNKNOWN;

    /** Whether nothing is to happen to it any more; such events are deleted after their retention, and no others. */
    public boolean isFinal() {
        return this == HANDLED || this == DISCARDED;
    }
}
