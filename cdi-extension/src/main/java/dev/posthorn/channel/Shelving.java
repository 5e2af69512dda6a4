package dev.posthorn.channel;

import dev.posthorn.spi.Shelf;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a key that are to be put away, because one before them can't be sent for a while.
 *
 * @param behind that one, if it is unsent itself: what comes before it stays where it is; null otherwise
 */
public record Shelving(String key, Shelf shelf, @Nullable UUID behind) {}
