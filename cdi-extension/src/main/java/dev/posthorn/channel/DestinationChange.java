package dev.posthorn.channel;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator is to know of a destination.
 *
 * @param error why it takes nothing; null if it takes events again
 */
public record DestinationChange(String topic, @Nullable Throwable error) {}
