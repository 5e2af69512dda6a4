package dev.posthorn.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Delivered events that the store is to know of. Guarded by the channel's monitor. */
final class Marks {

    private final int mostAtOnce;
    private final ArrayDeque<Delivered> delivered = new ArrayDeque<>();
    private int epoch;

    Marks(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    void add(Delivered event) {
        delivered.add(event);
    }

    MarkBatch next() {
        List<Delivered> events = new ArrayList<>(Math.min(delivered.size(), mostAtOnce));
        while (events.size() < mostAtOnce && !delivered.isEmpty()) {
            events.add(delivered.poll());
        }
        return new MarkBatch(epoch, events);
    }

    /** Whether nothing has been forgotten since this batch was begun. */
    boolean isCurrent(MarkBatch batch) {
        return batch.epoch() == epoch;
    }

    /** The store did not answer. */
    void again(MarkBatch batch) {
        if (isCurrent(batch)) {
            delivered.addAll(batch.events());
        }
    }

    void forgetAll() {
        epoch++;
        delivered.clear();
    }
}
