/**
 * Has events that arrive handled once: at once where that works, from the table where it does not. {@link
 * dev.posthorn.inbox.Inbox} opens channels and looks for what is due; {@link dev.posthorn.inbox.ArrivedTask} handles what the broker
 * has just brought, {@link dev.posthorn.inbox.KeptTask} what is in the table; {@link dev.posthorn.inbox.KeyedQueue} says whose turn it
 * is, {@link dev.posthorn.inbox.Workers} are the threads. What foreign code throws or answers ends nothing here. No class here needs a container.
 */
@NullMarked
package dev.posthorn.inbox;

import org.jspecify.annotations.NullMarked;
