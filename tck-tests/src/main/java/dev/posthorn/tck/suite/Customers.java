package dev.posthorn.tck.suite;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers who buy one thing after the other, each with a key of its own, so that a key's events are in the order of their ids. They
 * remember what was confirmed. One that gets no answer at all goes home; one that is told of an error tries the next thing.
 */
final class Customers implements AutoCloseable {

    private final Set<String> confirmed = new ConcurrentSkipListSet<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    Customers(String run, int count, ShopClient shop) {
        for (int i = 0; i < count; i++) {
            String key = run + "-" + i;
            threads.add(new Thread(() -> buyUntilClosed(key, shop), "customer " + i));
        }
        threads.forEach(Thread::start);
    }

    private void buyUntilClosed(String key, ShopClient shop) {
        for (int i = 0; open; i++) {
            String id = "%s-%06d".formatted(key, i);
            try {
                if (shop.buy(id, key)) {
                    confirmed.add(id);
                } else {
                    refusals.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                return;
            }
        }
    }

    /** What the shop has said to be bought. */
    Set<String> confirmed() {
        return confirmed;
    }

    /** How often it said that something could not be bought. */
    int refusals() {
        return refusals.get();
    }

    /** Returns when all have gone home. */
    @Override
    public void close() {
        open = false;
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while customers are leaving", e);
            }
        }
    }
}
