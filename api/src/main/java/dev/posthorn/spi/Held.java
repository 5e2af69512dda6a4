package dev.posthorn.spi;

/**
 * How many events do not go on by themselves.
 *
 * @param dead what has failed for good
 * @param waiting what waits for earlier events of its key, such as dead ones
 * @param parked what waits until an operator releases it
 */
public record Held(long dead, long waiting, long parked) {}
