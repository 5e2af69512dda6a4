package dev.posthorn.channel;

import java.time.Duration;

/**
 * Whether a channel leaves its events to other nodes, since it fails here while they deliver. It does so for a while, then it is
 * tried here again: at most ten times as long, if that fails over and over. Guarded by the channel's monitor.
 */
final class Retreat {

    private static final int LONGEST = 10;

    private final long patience;
    private boolean left;

    /** Whether it has come back, and nothing has been acknowledged since. */
    private boolean onTrial;

    /** Whether others have been seen to deliver while it failed here; {@code since} then. */
    private boolean seen;

    private long since;
    private long length;

    /** Signs of failure after which there has been one that began later than what is being judged. */
    private int failures;

    Retreat(Duration patience) {
        this.patience = patience.toNanos();
        this.length = this.patience;
    }

    /** Whether its events are others'. */
    boolean isLeft() {
        return left;
    }

    /** Whether it is tried here again, and nothing has been taken since. */
    boolean isOnTrial() {
        return onTrial;
    }

    /** Whether it is not to look for more work than it has. */
    boolean keepsOff() {
        return left || onTrial;
    }

    /** Whether it matters what others do. */
    boolean isInQuestion(BrokerWatch broker) {
        return left || broker.isPaused();
    }

    /** What follows if others deliver, or don't. A broker that is away for all is no reason to leave; nor is one that has just come back. */
    RetreatStep look(boolean othersDeliver, BrokerWatch broker, long now) {
        if (left) {
            return !othersDeliver || now - since >= length ? comeBack(othersDeliver, broker) : RetreatStep.NONE;
        }
        if (!othersDeliver || !broker.isPaused()) {
            seen = false;
            onTrial = false;
            return RetreatStep.NONE;
        }
        if (!seen) {
            seen = true;
            since = now;
            // One may have begun before.
            failures = broker.failures() + 1;
        }
        boolean fails = broker.failures() > failures && (onTrial || now - since >= patience);
        return fails ? leave(now) : RetreatStep.NONE;
    }

    private RetreatStep leave(long now) {
        left = true;
        since = now;
        return RetreatStep.LEAVE;
    }

    private RetreatStep comeBack(boolean othersDeliver, BrokerWatch broker) {
        left = false;
        onTrial = othersDeliver;
        seen = othersDeliver;
        failures = broker.failures();
        length = Math.min(length * 2, patience * LONGEST);
        return RetreatStep.RETURN;
    }

    /** The broker has taken an event from here. */
    void end() {
        left = false;
        onTrial = false;
        seen = false;
        length = patience;
    }
}
