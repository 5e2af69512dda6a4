/**
 * What one channel knows of its unsent events, and what may happen to them next: {@link dev.posthorn.channel.Channel} holds all of it
 * under one monitor. Nothing here does I/O, waits, or knows a thread: the passes of {@code dev.posthorn.relay} do. No class here needs
 * a container.
 */
@NullMarked
package dev.posthorn.channel;

import org.jspecify.annotations.NullMarked;
