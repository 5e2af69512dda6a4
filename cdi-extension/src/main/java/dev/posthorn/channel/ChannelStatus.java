package dev.posthorn.channel;

import java.util.List;

/**
 * How a channel is on this node.
 *
 * @param inMemory whether everything it has to send is in memory, but for what its destinations do not take
 * @param events how many undelivered events it holds, and {@code bytes} of their data
 * @param unmarked how many delivered events the store does not know of yet
 * @param held destinations that take nothing while others do, the one that has done so for longest first
 */
public record ChannelStatus(
        Condition condition,
        boolean inMemory,
        int events,
        long bytes,
        int inFlight,
        int unmarked,
        List<HeldDestination> held) {

    /** Whether the broker seems to be away. */
    public boolean paused() {
        return condition == Condition.PROBING || condition == Condition.ON_TRIAL;
    }

    /** Whether an operator wants nothing to be sent. */
    public boolean suspended() {
        return condition == Condition.SUSPENDED;
    }

    /** Whether nothing can be sent here until the application starts again. */
    public boolean cancelled() {
        return condition == Condition.CANCELLED;
    }

    /** Whether its events are left to other nodes for a while, since it fails here while they deliver. */
    public boolean leftToOthers() {
        return condition == Condition.LEFT;
    }

    /** Whether this node takes events of the channel. */
    public boolean isUsable() {
        return !cancelled() && !leftToOthers();
    }
}
