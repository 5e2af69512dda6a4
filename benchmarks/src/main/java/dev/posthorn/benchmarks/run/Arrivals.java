package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import java.util.Arrays;

/** What the consumer has seen of one run. Written by its thread alone. */
final class Arrivals {

    private final long firstId;
    private final int ordersPerKey;
    private final int[] lastOfKey;
    private final int[] times;

    /** When the consumer's poll brought each event; 0: not yet. */
    final long[] at;

    private volatile int distinct;
    private volatile int duplicates;
    private volatile int orderViolations;
    private volatile long bytes;

    Arrivals(LoadRequest load) {
        this.firstId = load.firstId();
        this.ordersPerKey = load.ordersPerKey();
        this.at = new long[load.orders()];
        this.times = new int[at.length];
        this.lastOfKey = new int[at.length / ordersPerKey + 1];
        Arrays.fill(lastOfKey, -1);
    }

    boolean expects(long id) {
        return id >= firstId && id < firstId + at.length;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void arrived(long id, int seq, int size, long now) {
        int index = (int) (id - firstId);
        if (times[index]++ > 0) {
            duplicates++;
            return;
        }
        at[index] = now;
        int key = index / ordersPerKey;
        if (seq < lastOfKey[key]) {
            orderViolations++;
        }
        lastOfKey[key] = Math.max(seq, lastOfKey[key]);
        bytes += size;
        distinct++;
    }

    boolean isComplete() {
        return distinct == at.length;
    }

    int lost() {
        return at.length - distinct;
    }

    int duplicates() {
        return duplicates;
    }

    int orderViolations() {
        return orderViolations;
    }

    int averageBytes() {
        return distinct == 0 ? 0 : (int) (bytes / distinct);
    }
}
