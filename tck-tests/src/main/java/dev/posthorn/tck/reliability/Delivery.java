package dev.posthorn.tck.reliability;

import java.time.Instant;

/**
 * What a plain consumer received.
 *
 * @param id of the event, the same at each of its deliveries
 * @param number its place among the events of its key, or 0 if it has none
 * @param sentAt by the clock of the node that sent it
 */
record Delivery(String id, String entry, String key, long number, Instant sentAt) {}
