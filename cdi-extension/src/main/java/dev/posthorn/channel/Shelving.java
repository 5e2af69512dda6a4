package dev.posthorn.channel;

import dev.posthorn.spi.Shelf;

/** The rows of a key that are to be put away, because one before them can't be sent for a while. */
public record Shelving(String key, Shelf shelf) {}
