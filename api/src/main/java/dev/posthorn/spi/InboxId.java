package dev.posthorn.spi;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.Printable;

/**
 * By what a received event is told from its repetitions.
 *
 * @param consumer for whom the event was received: each consumer handles it once
 * @param source the event's source, or what stands in its place
 * @param id the event's id, unique within the source, or what stands in its place
 */
public record InboxId(String consumer, String source, String id) {

    public InboxId {
        requireNonNull(consumer, "consumer");
        requireNonNull(source, "source");
        requireNonNull(id, "id");
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
