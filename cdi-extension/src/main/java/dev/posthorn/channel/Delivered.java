package dev.posthorn.channel;

import dev.posthorn.EventInfo;
import org.jspecify.annotations.Nullable;

/**
 * An acknowledged event until the store knows of it: its data is no longer needed.
 *
 * @param seq its number in the store
 * @param orderKey the key whose order it kept, if any
 * @param info for those who want to be told; null if nobody does
 */
public record Delivered(Long seq, @Nullable String orderKey, @Nullable EventInfo info, int attempts) {}
