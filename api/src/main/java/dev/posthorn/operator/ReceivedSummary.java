package dev.posthorn.operator;

import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A received event in a list.
 *
 * @param seq its place in the order of arrival
 * @param blocks whether it is dead and later events of its key wait for it
 * @param type the logical type; empty if it could not be read
 * @param key the key within which it keeps its order; null for one without order
 * @param whenDead null if it can't be read: later events of its key wait for it once it is dead
 * @param size of its data, in bytes; 0 if it was handled at once, since it is not kept then
 * @param attempts how many attempts to handle it, or its present step, have failed; if it was compensated, after how many that was
 * @param error what the last failure said, or what of the event can't be read. What can't is null or empty here
 * @param due when it is handled, if it is due or delayed
 * @param received when it arrived, by the clock of the database
 * @param settled when it was handled or discarded, by the clock of the database
 */
public record ReceivedSummary(
        ReceivedId id,
        long seq,
        ReceivedState state,
        boolean blocks,
        String type,
        String channel,
        @Nullable String key,
        @Nullable WhenDead whenDead,
        long size,
        int attempts,
        @Nullable String error,
        @Nullable Instant due,
        Instant received,
        @Nullable Instant settled) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
