package dev.posthorn.channel;

/** Whether a channel sends what it has, and whether that is still this node's to send. Guarded by the channel's monitor. */
final class Stance {

    private final BrokerWatch broker;
    private final Retreat retreat;
    private boolean suspended;
    private boolean cancelled;
    private boolean mustGiveUp;
    private boolean hasDelivered;

    Stance(BrokerWatch broker, Retreat retreat) {
        this.broker = broker;
        this.retreat = retreat;
    }

    /** What the channel does with what it has to send: the only place where that is decided. */
    Condition condition() {
        if (cancelled) {
            return Condition.CANCELLED;
        }
        if (retreat.isLeft()) {
            return Condition.LEFT;
        }
        if (suspended) {
            return Condition.SUSPENDED;
        }
        if (retreat.isOnTrial()) {
            return Condition.ON_TRIAL;
        }
        return broker.isPaused() ? Condition.PROBING : Condition.SENDING;
    }

    /** Whether sends may begin, be it only to find out whether the broker is back. */
    boolean mayBegin() {
        return !suspended && !isLeftToOthers();
    }

    /** Whether nothing of this node is to be sent here. */
    boolean isLeftToOthers() {
        return cancelled || retreat.isLeft();
    }

    /** Whether this node is to look for events that it does not have. */
    boolean takesMore() {
        return !cancelled && !retreat.keepsOff();
    }

    /** Whether this node sends what it has of this channel, as far as it knows. */
    boolean delivers() {
        return hasDelivered && condition() == Condition.SENDING;
    }

    // --- the broker

    /** It has taken an event, perhaps one that nobody waits for any more. */
    void taken() {
        retreat.end();
    }

    void delivered() {
        hasDelivered = true;
    }

    // --- an operator

    boolean isSuspended() {
        return suspended;
    }

    void suspend(boolean wanted) {
        suspended = wanted;
    }

    // --- other nodes

    boolean isCancelled() {
        return cancelled;
    }

    /** Nothing can be sent here any more: other nodes may. */
    void cancel() {
        cancelled = true;
        mustGiveUp = true;
    }

    /** Whether it matters if other nodes deliver on this channel. */
    boolean asksForOthers() {
        return !cancelled && retreat.isInQuestion(broker);
    }

    /** Leaves the events of this channel to other nodes, if they deliver and it fails here, or tries again. */
    RetreatStep considerOthers(boolean othersDeliver, long now) {
        RetreatStep step = retreat.look(othersDeliver, broker, now);
        if (step == RetreatStep.RETURN) {
            broker.probeNow(now);
        }
        // What is committed here meanwhile is others' as well.
        mustGiveUp |= retreat.isLeft();
        return step;
    }

    /** An event has been committed here, or may have been. */
    void committed() {
        mustGiveUp |= cancelled;
    }

    /** There may be events of this node in the table that it does not know. */
    void rescan() {
        mustGiveUp |= isLeftToOthers();
    }

    /** Whether the events of this node are to be given up to others. */
    boolean mustGiveUp() {
        return isLeftToOthers() && mustGiveUp;
    }

    void givenUp() {
        mustGiveUp = false;
    }
}
