package dev.posthorn.spi;

import static java.util.Objects.requireNonNull;

import dev.posthorn.WhenDead;
import dev.posthorn.log.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A received event, as far as the inbox is concerned.
 *
 * @param type the logical type; empty if it could not be read
 * @param key the key within which it keeps its order; null for one without order
 * @param whenDead what becomes of later events of its key once it is dead
 */
public record InboxEvent(InboxId id, String channel, String type, @Nullable String key, WhenDead whenDead) {

    public InboxEvent {
        requireNonNull(id, "id");
        requireNonNull(channel, "channel");
        requireNonNull(type, "type");
        requireNonNull(whenDead, "whenDead");
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
