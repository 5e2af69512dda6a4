package dev.posthorn.channel;

import dev.posthorn.spi.Shelf;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a key that are to be put away, because one before them can't be sent for a while.
 *
 * @param behind the number of that one, if it is unsent itself: what comes before it stays where it is; null otherwise
 */
public record Shelving(String key, Shelf shelf, @Nullable Long behind) {}
