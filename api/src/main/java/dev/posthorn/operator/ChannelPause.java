package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.time.Instant;

/**
 * A channel that an operator has paused, on all nodes of the application.
 *
 * @param since by the clock of the database
 * @param by who paused it, as far as it is known
 */
public record ChannelPause(String channel, Instant since, String by) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
