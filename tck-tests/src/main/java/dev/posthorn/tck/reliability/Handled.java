package dev.posthorn.tck.reliability;

/**
 * What a handler has done for an event, and committed.
 *
 * @param number its place among the events of its key, or 0 if it has none
 * @param attempt the number of the attempt that was the last one
 */
record Handled(String entry, String key, long number, String step, int attempt) {}
