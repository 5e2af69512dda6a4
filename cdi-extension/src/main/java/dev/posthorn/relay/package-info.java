/**
 * Brings committed events to the broker: from memory while everything fits, from the table otherwise, in order per key. {@link
 * dev.posthorn.channel.Channel} holds what a channel knows and does no I/O; {@link dev.posthorn.relay.Relay} makes the passes
 * that do; threads and waiting are {@link dev.posthorn.thread.Loop}'s. No class here needs a container.
 */
@NullMarked
package dev.posthorn.relay;

import org.jspecify.annotations.NullMarked;
