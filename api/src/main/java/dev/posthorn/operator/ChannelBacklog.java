package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.time.Duration;

/**
 * That a channel has unsent events.
 *
 * @param oldest how long ago the oldest of them was stored, by the clock of the database
 * @param ownersLive whether each of them is a living node's to send; otherwise some wait to be taken over by one
 */
public record ChannelBacklog(String channel, Duration oldest, boolean ownersLive) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
