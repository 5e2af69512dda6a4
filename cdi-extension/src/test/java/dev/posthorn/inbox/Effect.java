package dev.posthorn.inbox;

/**
 * What a handler has done, in the transaction that it works in.
 *
 * @param makesUp whether it was made up for
 */
record Effect(Fate fate, String handler, boolean makesUp) {}
