package dev.posthorn.operator;

/** What has become of an event. */
public enum EventState {
    /** It is sent as soon as possible. */
    UNSENT,
    /** Sending it failed; it is tried again at its time. */
    DELAYED,
    /** An earlier event of its key is dead or delayed; it goes on by itself after that one. */
    WAITING,
    /** It can't be sent, and is not tried again by itself. */
    DEAD,
    /** It is held back, with its key, until an operator releases the key. */
    PARKED,
    /** The broker has acknowledged it. */
    DELIVERED,
    /** An operator has discarded it: it is never sent. */
    DISCARDED,
    /**
     * The store has it in a state that this version does not know, because a newer version has been at work, or somebody changed it by
     * hand. Nobody sends it, and nothing waits for it. It can be requeued and discarded.
     */
    UNKNOWN;

    /** Whether nothing is to happen to it any more; such events are deleted after their retention, and no others. */
    public boolean isFinal() {
        return this == DELIVERED || this == DISCARDED;
    }
}
