package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Writers that publish to healthy topics as fast as transactions are committed, and how fast their events are delivered. */
final class FreightLoad implements AutoCloseable {

    private static final int WRITERS = 4;
    private static final int EVENTS_OF_TRANSACTION = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final FreightClient client;
    private final List<String> topics;
    private final LongSupplier delivered;
    private final AtomicLong keys = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private volatile boolean stopped;

    /** @param delivered how many events there are in all topics */
    FreightLoad(FreightClient client, List<String> topics, LongSupplier delivered) {
        this.client = client;
        this.topics = topics;
        this.delivered = delivered;
    }

    /** Events per second that are delivered while the writers are at work for so long; returns when everything is delivered. */
    double rate(Duration window) {
        stopped = false;
        long all = delivered.getAsLong() - published.get();
        long before = delivered.getAsLong();
        long start = System.nanoTime();
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> CompletableFuture.runAsync(this::write, threads))
                .toList();
        LockSupport.parkNanos(window.toNanos());
        long during = delivered.getAsLong() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        stopped = true;
        writers.forEach(CompletableFuture::join);
        Awaitility.await("delivery of all that was published")
                .atMost(PATIENCE)
                .until(() -> delivered.getAsLong() - all >= published.get());
        return during / seconds;
    }

    private void write() {
        while (!stopped) {
            long key = keys.incrementAndGet();
            String topic = topics.get((int) (key % topics.size()));
            client.publish(topic, "load-" + key, 1, EVENTS_OF_TRANSACTION);
            published.addAndGet(EVENTS_OF_TRANSACTION);
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }
}
