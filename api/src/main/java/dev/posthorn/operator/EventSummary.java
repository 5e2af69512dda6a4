package dev.posthorn.operator;

import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in a list.
 *
 * @param seq its place in the order of the store
 * @param blocks whether it is dead and later events of its key wait for it
 * @param type the logical type
 * @param time when it was fired, by the clock of the node that fired it; null if that can't be read
 * @param whenDead null if it can't be read: later events of its key wait for it once it is dead
 * @param size of its data, in bytes
 * @param attempts how many attempts to send it have failed
 * @param error what the last failure said, or what of the event can't be read. What can't is null or empty here
 * @param owner the node that relays it, or did when it was delivered or discarded: the id of one that lives, and what is left of one that
 *     is gone, such as a number; {@code nobody} if it is delayed, waiting, parked or dead, or was when it was
 *     discarded
 * @param due when it is tried again, if it is delayed
 * @param stored when it was stored, by the clock of the database
 * @param settled when it was delivered or discarded, by the clock of the database
 */
public record EventSummary(
        UUID id,
        long seq,
        EventState state,
        boolean blocks,
        String type,
        @Nullable Instant time,
        String channel,
        String topic,
        @Nullable String key,
        boolean ordered,
        @Nullable WhenDead whenDead,
        long size,
        int attempts,
        @Nullable String error,
        String owner,
        @Nullable Instant due,
        Instant stored,
        @Nullable Instant settled) {

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
