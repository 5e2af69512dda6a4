package dev.posthorn.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Delivered events that the store is to know of. Guarded by the channel's monitor. */
public final class Marks {

    private final Channel channel;
    private final ChannelSettings settings;
    private final boolean announces;
    private final Holdings holdings;
    private final Reads reads;
    private final Turns turns;
    private final Shelves shelves;
    private final Candidates candidates;
    private final ArrayDeque<Delivered> delivered = new ArrayDeque<>();
    private int epoch;

    /** @param announces whether somebody wants to be told of delivered events */
    Marks(Channel channel, boolean announces) {
        this.channel = channel;
        this.settings = channel.settings;
        this.announces = announces;
        this.holdings = channel.holdings;
        this.reads = channel.reads;
        this.turns = channel.turns;
        this.shelves = channel.shelves;
        this.candidates = channel.candidates;
    }

    /** Whether the store keeps what is marked. */
    public boolean keepsDelivered() {
        return settings.keepsDelivered();
    }

    /** Delivered events that the store does not know of yet; they stay here until {@link #marked} or {@link #unmarked}. */
    public MarkBatch next() {
        synchronized (channel) {
            int most = settings.markBatch();
            List<Delivered> events = new ArrayList<>(Math.min(delivered.size(), most));
            while (events.size() < most && !delivered.isEmpty()) {
                events.add(delivered.poll());
            }
            return new MarkBatch(epoch, events);
        }
    }

    /** @return whether something could not be sent before that */
    public boolean marked(MarkBatch batch, long now) {
        synchronized (channel) {
            if (!isCurrent(batch)) {
                return false;
            }
            boolean wasFull = holdings.unmarked() >= settings.maxEvents();
            for (Delivered each : batch.events()) {
                reads.marked(each.seq());
                turns.marked(each);
                letOthersGoOn(each, now);
            }
            return wasFull && candidates.mayBeThere();
        }
    }

    private void letOthersGoOn(Delivered event, long now) {
        String key = event.orderKey();
        if (key == null) {
            return;
        }
        if (event.attempts() > 0) {
            shelves.revisit(key, now);
        } else {
            shelves.revisitIfWaiting(key, now);
        }
    }

    /** The store did not answer: the batch is to be marked later. */
    public void unmarked(MarkBatch batch) {
        synchronized (channel) {
            if (isCurrent(batch)) {
                delivered.addAll(batch.events());
            }
        }
    }

    /** Whether nothing has been forgotten since this batch was begun. */
    private boolean isCurrent(MarkBatch batch) {
        return batch.epoch() == epoch;
    }

    void add(Entry entry) {
        delivered.add(new Delivered(
                entry.seq, entry.event.orderKey(), announces ? entry.event.info() : null, entry.attempts));
    }

    void forgetAll() {
        epoch++;
        delivered.clear();
    }
}
