package dev.posthorn.channel;

/**
 * A read of the table under way.
 *
 * @param number tells it from all others of its channel
 * @param after the number of the last event that was read before, if nothing before that need be looked for; else 0
 */
public record Read(int number, long after, int maxEvents, long maxBytes) {

    boolean isFromStart() {
        return after == 0;
    }
}
