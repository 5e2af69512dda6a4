package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.time.Duration;

/**
 * How many events of a channel are in one state.
 *
 * @param oldest how long ago the oldest of them was stored, by the clock of the database
 */
public record EventCount(String channel, EventState state, long count, Duration oldest) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
