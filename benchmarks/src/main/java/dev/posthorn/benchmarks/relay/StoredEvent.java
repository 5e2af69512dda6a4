package dev.posthorn.benchmarks.relay;

/** An event in an {@link EventTable}. */
public record StoredEvent(long id, String key, byte[] payload) {}
