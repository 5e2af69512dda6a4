package dev.posthorn.operator;

import static java.util.Objects.requireNonNull;

/**
 * By what a received event is told from others: each part as lists of the inbox answer it. What was too long for the inbox is cut there,
 * with its hash appended; here, both are understood.
 *
 * @param source the CloudEvents {@code source}; {@code key:} and the type for an event with a {@link dev.posthorn.IdempotencyKey}, {@code
 *     unreadable:} and the channel for a message that could not be read
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
        return id + " of " + source;
    }
}
