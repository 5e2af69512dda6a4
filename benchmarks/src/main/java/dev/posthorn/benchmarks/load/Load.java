package dev.posthorn.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Makes the transactions of one request, on threads of its own. Nothing is allocated or written down per transaction but two times. */
public final class Load {

    private final LoadRequest request;
    private final Business business;
    private final List<List<OrderPlaced>> transactions;
    private final long[] begun;
    private final long[] committed;
    private final AtomicInteger nextSequence = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong allocated = new AtomicLong();
    private long start;

    private Load(LoadRequest request, Business business) {
        this.request = request;
        this.business = business;
        this.transactions = request.events().make(request.firstId(), request.eventsBefore());
        this.begun = new long[transactions.size()];
        this.committed = new long[transactions.size()];
    }

    public static LoadResult run(LoadRequest request, Business business, ThreadFactory threads) throws Exception {
        Load load = new Load(request, business);
        try (HeapPeak heap = new HeapPeak()) {
            load.run(threads);
            return new LoadResult(load.begun, load.committed, load.allocated.get(), heap.bytes());
        }
    }

    private void run(ThreadFactory threads) throws Exception {
        CountDownLatch ready = new CountDownLatch(request.threads());
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < request.threads(); i++) {
            Thread thread = threads.newThread(() -> {
                try {
                    ready.countDown();
                    go.await();
                    long before = Allocation.ofCurrentThread();
                    placeSequences();
                    allocated.addAndGet(Allocation.ofCurrentThread() - before);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            });
            thread.start();
            started.add(thread);
        }
        ready.await();
        awaitStart();
        start = System.nanoTime();
        go.countDown();
        // Who asks what the threads that there are have allocated is not to find these.
        for (Thread thread : started) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("A transaction failed, so there is nothing to measure", failure.get());
        }
    }

    private void awaitStart() {
        for (long left = request.notBefore() - System.nanoTime();
                request.notBefore() != 0 && left > 0;
                left = request.notBefore() - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void placeSequences() throws Exception {
        int length = request.events().transactionsInSequence();
        for (int sequence = nextSequence.getAndIncrement();
                sequence * length < begun.length && failure.get() == null;
                sequence = nextSequence.getAndIncrement()) {
            int end = Math.min(begun.length, (sequence + 1) * length);
            for (int i = sequence * length; i < end; i++) {
                awaitTurn(i);
                begun[i] = System.nanoTime();
                business.place(transactions.get(i));
                committed[i] = System.nanoTime();
            }
        }
    }

    private void awaitTurn(int index) {
        if (request.ratePerSecond() == 0) {
            return;
        }
        long due = start + index * 1_000_000_000L / request.ratePerSecond();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
