package dev.posthorn.channel;

import java.util.List;

/**
 * Delivered events that are being marked.
 *
 * @param epoch how often everything has been forgotten before; what was begun earlier is of no interest later
 */
public record MarkBatch(int epoch, List<Delivered> events) {}
