package dev.posthorn.store;

/** Fired once for each transaction that publishes, so that its BEFORE_COMPLETION observer is called when the buffer is to be stored. */
public record StoreDue(TransactionBuffer buffer) {}
