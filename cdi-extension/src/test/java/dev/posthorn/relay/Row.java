package dev.posthorn.relay;

import dev.posthorn.WhenDead;

/** A row of the table of events, which others see only when its transaction has committed. */
final class Row {

    enum State {
        UNSENT,
        DELIVERED,
        /** Nobody waits for it. */
        DEAD,
        WAITING,
        PARKED,
        DISCARDED,
        /** Dead, and its key waits for it. */
        BLOCKING,
        /** Failed, and nobody's until it is due. */
        DELAYED;

        /** Whether those that follow in its key have to wait for it. */
        boolean isUnfinished() {
            return this == UNSENT || this == WAITING || this == PARKED || this == BLOCKING || this == DELAYED;
        }

        /** Whether it stays for its retention only. */
        boolean isSettled() {
            return this == DELIVERED || this == DISCARDED;
        }
    }

    final long seq;
    final Fate fate;
    String owner;
    State state = State.UNSENT;
    long settledAt;

    /** Since when it is its owner's. */
    long ownedSince;

    /** Whether it is parked since it is dead, or since an operator wants it, not since another one is. */
    boolean parkedForItself;

    long dueAt;

    /** Whether it was left behind so that nobody can know of it but by a sweep. */
    boolean leftUnseen;

    Row(long seq, Fate fate) {
        this.seq = seq;
        this.fate = fate;
        this.owner = fate.writer;
    }

    boolean isVisible() {
        return fate.isVisible();
    }

    boolean isVisibleIn(State wanted, String channel) {
        return isVisible() && state == wanted && fate.event.channel().equals(channel);
    }

    boolean isUnsentOf(String node) {
        return isVisible() && state == State.UNSENT && owner.equals(node);
    }

    /** Whether events of its key have to wait for it. */
    boolean holdsUp() {
        return isVisible() && fate.isInLane() && state.isUnfinished();
    }

    boolean isOfSameKey(Row other) {
        return fate.event.channel().equals(other.fate.event.channel())
                && fate.event.key() != null
                && fate.event.key().equals(other.fate.event.key());
    }

    /** What it becomes when it is not tried again. */
    State whenDead() {
        if (!fate.isInLane()) {
            return State.DEAD;
        }
        WhenDead policy = fate.event.whenDead();
        return policy == WhenDead.BLOCK ? State.BLOCKING : policy == WhenDead.PARK ? State.PARKED : State.DEAD;
    }

    /** It is put away, and belongs to nobody until it is unsent again. */
    void shelve(State wanted) {
        state = wanted;
        owner = SimulatedStore.NOBODY;
    }

    @Override
    public String toString() {
        return fate + (isVisible() ? " " : " uncommitted ") + state + " of " + owner;
    }
}
