package dev.posthorn.relay;

import java.time.Duration;

/**
 * Whether a channel leaves its events to other nodes, since it fails here while they deliver. It does so for a while, then it is
 * tried here again: at most ten times as long, if that fails over and over. Guarded by the channel's monitor.
 */
final class Retreat {

    private static final int LONGEST = 10;

    enum Step {
        NONE,
        /** From now on the events are others'. */
        LEAVE,
        /** From now on it is tried here again. */
        RETURN
    }

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

    /** Whether it is not to look for more work than it has. */
    boolean keepsOff() {
        return left || onTrial;
    }

    /** Whether it matters what others do. */
    boolean isInQuestion(Health health) {
        return left || health.isPaused();
    }

    /** What follows if others deliver, or don't. A broker that is away for all is no reason to leave; nor is one that has just come back. */
    Step look(boolean othersDeliver, Health health, long now) {
        if (left) {
            return !othersDeliver || now - since >= length ? comeBack(othersDeliver, health) : Step.NONE;
        }
        if (!othersDeliver || !health.isPaused()) {
            seen = false;
            onTrial = false;
            return Step.NONE;
        }
        if (!seen) {
            seen = true;
            since = now;
            // One may have begun before.
            failures = health.failures() + 1;
        }
        boolean fails = health.failures() > failures && (onTrial || now - since >= patience);
        return fails ? leave(now) : Step.NONE;
    }

    private Step leave(long now) {
        left = true;
        since = now;
        return Step.LEAVE;
    }

    private Step comeBack(boolean othersDeliver, Health health) {
        left = false;
        onTrial = othersDeliver;
        seen = othersDeliver;
        failures = health.failures();
        length = Math.min(length * 2, patience * LONGEST);
        return Step.RETURN;
    }

    /** The broker has taken an event from here. */
    void end() {
        left = false;
        onTrial = false;
        seen = false;
        length = patience;
    }
}
