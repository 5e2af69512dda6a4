package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import java.util.Arrays;

/** What the consumer has seen of one run. Written by its thread alone. */
final class Arrivals {

    private final long firstId;
    private final int inSequence;
    private final int[] lastOfSequence;
    private final int[] times;

    /** When the consumer's poll brought each event; 0: not yet. */
    final long[] at;

    private volatile int distinct;
    private volatile int duplicates;
    private volatile int orderViolations;
    private volatile long bytes;

    Arrivals(LoadRequest load) {
        this.firstId = load.firstId();
        this.inSequence = load.events().inSequence();
        this.at = new long[load.events().count()];
        this.times = new int[at.length];
        this.lastOfSequence = new int[at.length / inSequence + 1];
        Arrays.fill(lastOfSequence, -1);
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
        int sequence = index / inSequence;
        if (seq < lastOfSequence[sequence]) {
            orderViolations++;
        }
        lastOfSequence[sequence] = Math.max(seq, lastOfSequence[sequence]);
        bytes += size;
        distinct++;
    }

    boolean isComplete() {
        return distinct == at.length;
    }

    /** When the first one came; now, if none did. */
    long first() {
        return Arrays.stream(at).filter(time -> time != 0).min().orElseGet(System::nanoTime);
    }

    int arrived() {
        return distinct;
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
