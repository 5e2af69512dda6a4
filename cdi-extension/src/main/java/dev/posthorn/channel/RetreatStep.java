package dev.posthorn.channel;

/** What a channel does because of how other nodes fare. */
public enum RetreatStep {
    NONE,
    /** From now on the events are others'. */
    LEAVE,
    /** From now on it is tried here again. */
    RETURN
}
