package dev.posthorn.benchmarks.load;

import java.time.Duration;

/**
 * How much this JVM has allocated on its heap, which a JDK 17 does not say: what came between each two garbage collections, and after the
 * last one. G1 counts whole regions of a megabyte, and may miss one for each collection.
 */
public final class Allocation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 5;

    private final GarbageCollections collections;
    private long handled;
    private long afterLast;
    private long bytes;

    public Allocation() {
        synchronized (this) {
            collections = new GarbageCollections(this::collected);
            handled = GarbageCollections.count();
            afterLast = GarbageCollections.heapUsed();
        }
    }

    private synchronized void collected(long before, long after) {
        handled++;
        bytes += before - afterLast;
        afterLast = after;
        notifyAll();
    }

    /** Since this was made. Waits until the news of each collection has come. */
    public synchronized long bytes() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            long used = GarbageCollections.heapUsed();
            if (GarbageCollections.count() == handled) {
                return bytes + used - afterLast;
            }
            wait(PAUSE_MILLIS);
        }
        throw new IllegalStateException(
                "%d garbage collections, of which %d were told".formatted(GarbageCollections.count(), handled));
    }

    @Override
    public void close() {
        collections.close();
    }
}
