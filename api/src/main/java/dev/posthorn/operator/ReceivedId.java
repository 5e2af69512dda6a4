package dev.posthorn.operator;

import static java.util.Objects.requireNonNull;

import dev.posthorn.log.Printable;

/**
 * By what a received event is told from others: each part as lists of the inbox answer it. What was too long for the inbox is cut there,
 * with its hash appended; here, both are understood.
 *
 * @param source the CloudEvents {@code source}; {@code key:} and the type for an event with a {@link dev.posthorn.IdempotencyKey}, {@code
 *     channel:} and the channel for a message that is no CloudEvent, {@code unreadable:} and the channel for one that could not be read. A
 *     CloudEvents {@code source} that itself begins with one of these, or with {@code event:}, has {@code event:} in front of it
 * @param id the CloudEvents {@code id}, or what stands in its place
 */
public record ReceivedId(String source, String id) implements Comparable<ReceivedId> {

    public ReceivedId {
        requireNonNull(source, "source");
        requireNonNull(id, "id");
    }

    /** In the order of the sources, then of the ids. */
    @Override
    public int compareTo(ReceivedId other) {
        int bySource = source.compareTo(other.source);
        return bySource == 0 ? id.compareTo(other.id) : bySource;
    }

    /** The id first, since the source is often the same. */
    @Override
    public String toString() {
        return Printable.text(id) + " of " + Printable.text(source);
    }
}
