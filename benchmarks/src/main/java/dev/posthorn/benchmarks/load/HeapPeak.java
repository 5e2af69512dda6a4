package dev.posthorn.benchmarks.load;

/** The largest heap right after a collection: what is alive, and what that collection did not reach. */
final class HeapPeak implements AutoCloseable {

    private final GarbageCollections collections;
    private long bytes;

    HeapPeak() {
        System.gc();
        bytes = GarbageCollections.heapUsed();
        collections = new GarbageCollections(this::collected);
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized void collected(long before, long after) {
        bytes = Math.max(bytes, after);
    }

    @Override
    public void close() {
        collections.close();
    }
}
