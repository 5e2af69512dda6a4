/** Threads of the engine: a loop makes one pass at a time after each signal. Knows nothing of events. */
@NullMarked
package dev.posthorn.thread;

import org.jspecify.annotations.NullMarked;
