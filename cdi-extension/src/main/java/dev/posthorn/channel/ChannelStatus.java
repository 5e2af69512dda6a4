package dev.posthorn.channel;

/**
 * How a channel is on this node.
 *
 * @param inMemory whether everything it has to send is in memory
 * @param events how many undelivered events it holds, and {@code bytes} of their data
 * @param unmarked how many delivered events the store does not know of yet
 * @param paused whether the broker seems to be away
 * @param suspended whether an operator wants nothing to be sent
 * @param cancelled whether nothing can be sent here until the application starts again
 * @param leftToOthers whether its events are left to other nodes for a while, since it fails here while they deliver
 */
public record ChannelStatus(
        boolean inMemory,
        int events,
        long bytes,
        int inFlight,
        int unmarked,
        boolean paused,
        boolean suspended,
        boolean cancelled,
        boolean leftToOthers) {

    /** Whether this node takes events of the channel. */
    public boolean isUsable() {
        return !cancelled && !leftToOthers;
    }
}
