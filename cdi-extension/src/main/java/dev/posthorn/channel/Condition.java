package dev.posthorn.channel;

/** What a channel does with what it has to send. */
public enum Condition {
    /** It is sent. */
    SENDING,
    /** The broker seems to be away: one event at a time is sent, to find out. */
    PROBING,
    /** Nothing is sent: an operator has paused the channel. */
    SUSPENDED,
    /** It is left to other nodes for a while, since it fails here while they deliver. */
    LEFT,
    /** It was left to other nodes, and is tried here again. */
    ON_TRIAL,
    /** Nothing can be sent here until the application starts again. */
    CANCELLED
}
