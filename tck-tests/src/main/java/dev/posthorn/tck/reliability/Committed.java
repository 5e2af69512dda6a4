package dev.posthorn.tck.reliability;

/**
 * An event that must be published.
 *
 * @param number its place among the events of its key, or 0 if it has none
 */
record Committed(String entry, String key, long number) {}
