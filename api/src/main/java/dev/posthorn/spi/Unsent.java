package dev.posthorn.spi;

import java.util.List;

/**
 * Unsent events of one owner and channel, at one moment.
 *
 * @param events in the order of their numbers
 * @param complete whether there were no others, with larger numbers and of other topics than those passed over
 */
public record Unsent(List<StoredEvent> events, boolean complete) {}
