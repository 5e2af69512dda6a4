package dev.posthorn.relay;

/** What one node can know of the failures of one event since it last counted one. */
final class Trial {

    static final long NEVER = Long.MAX_VALUE;

    /** How many acknowledgements the node had seen on the channel when the first of these sends began. */
    long acknowledgedBefore = NEVER;

    /** Whether a failure said that this event can't be sent. */
    boolean isToBlame;

    /** Whether one said that it never can. */
    boolean isHopeless;

    /** The attempts that the node last wrote down. */
    int counted;

    boolean mayCount(long acknowledgements) {
        return isToBlame || isHopeless || acknowledgements > acknowledgedBefore;
    }

    void judged(int attempts) {
        counted = attempts;
        acknowledgedBefore = NEVER;
        isToBlame = false;
    }
}
