package dev.posthorn.relay;

/** What one node can know of the failures of one event since it last counted one. */
final class Trial {

    static final long NEVER = Long.MAX_VALUE;

    /** How many acknowledgements the node had seen on the channel, and of the topic, when the first of these sends began. */
    private long acknowledgedBefore = NEVER;

    private long acknowledgedOfTopic = NEVER;

    /** Whether one of these sends began while the topic took events, or after it had taken some since the first of them. */
    private boolean wasFair;

    /** Whether a failure said that this event can't be sent. */
    boolean isToBlame;

    /** Whether one said that it never can. */
    boolean isHopeless;

    /** How many sends have begun, and how many of them failed for what can't be the event's fault. */
    private int sends;

    private int excused;

    /** The attempts that the node last wrote down. */
    int counted;

    /** @param takesNothing whether the topic takes no events */
    void begins(long acknowledgements, long ofTopic, boolean takesNothing) {
        sends++;
        wasFair |= !takesNothing || ofTopic > acknowledgedOfTopic;
        acknowledgedBefore = Math.min(acknowledgedBefore, acknowledgements);
        acknowledgedOfTopic = Math.min(acknowledgedOfTopic, ofTopic);
    }

    void isExcused() {
        excused++;
    }

    boolean mayBeItsOwnFault() {
        return isToBlame || isHopeless || excused < sends;
    }

    boolean mayCount(long acknowledgements) {
        return isToBlame || isHopeless || acknowledgements > acknowledgedBefore;
    }

    boolean mayCountOfTopic(long acknowledgements) {
        return isToBlame || isHopeless || acknowledgements > acknowledgedOfTopic;
    }

    /** What was only sent before the topic began to take events says nothing of the event, whenever the answer comes. */
    boolean isFair() {
        return isToBlame || isHopeless || wasFair;
    }

    void judged(int attempts) {
        wasFair = false;
        counted = attempts;
        sends = 0;
        excused = 0;
        acknowledgedBefore = NEVER;
        acknowledgedOfTopic = NEVER;
        isToBlame = false;
    }
}
