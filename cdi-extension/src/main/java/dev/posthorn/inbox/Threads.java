package dev.posthorn.inbox;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Where the inbox has its threads from, and their time.
 *
 * @param executor runs each task on a thread of its own
 * @param stay how long a thread stays when there is nothing to do
 */
record Threads(Executor executor, Duration stay, LongSupplier nanoTime) {}
