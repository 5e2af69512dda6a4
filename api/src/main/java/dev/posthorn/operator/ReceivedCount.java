package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.time.Duration;

/**
 * How many received events of a channel are in one state.
 *
 * @param oldest how long ago the first of them arrived, by the clock of the database
 */
public record ReceivedCount(String channel, ReceivedState state, long count, Duration oldest) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
