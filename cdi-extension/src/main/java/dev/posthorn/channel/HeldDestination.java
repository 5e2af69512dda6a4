package dev.posthorn.channel;

import org.jspecify.annotations.Nullable;

/**
 * A destination, such as a topic, that takes nothing while others of its channel do: its events wait, in order, and it is probed.
 *
 * @param since when it began to fail, as the monotonic clock of the engine says it
 * @param error why the last send failed, if the client has said so
 */
public record HeldDestination(String topic, long since, @Nullable Throwable error) {}
