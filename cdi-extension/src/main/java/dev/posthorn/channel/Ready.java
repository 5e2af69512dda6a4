package dev.posthorn.channel;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose turn it is. Those of open destinations stand in one queue, oldest first; those of others are set aside with their
 * destination. Guarded by the channel's monitor.
 */
final class Ready {

    private final int mostOfAKey;
    private final Destinations destinations;
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();

    /** @param mostOfAKey how many events of a key may be on their way at once: with more than one, a failure breaks their order */
    Ready(int mostOfAKey, Destinations destinations) {
        this.mostOfAKey = mostOfAKey;
        this.destinations = destinations;
    }

    boolean takesSeveralOfAKey() {
        return mostOfAKey > 1;
    }

    /** @return whether it is this entry's turn */
    boolean offer(Entry entry) {
        boolean isReady = isReady(entry);
        if (isReady) {
            add(entry);
        }
        return isReady;
    }

    private void add(Entry entry) {
        if (entry.destination.isOpen()) {
            queue.add(entry);
        } else {
            entry.destination.aside.add(entry);
            destinations.changed();
        }
    }

    private boolean isReady(Entry entry) {
        return entry.state == Entry.State.COMMITTED && entry.mayGo && mayFollow(entry.ahead);
    }

    private boolean mayFollow(@Nullable Entry ahead) {
        int underWay = 0;
        for (Entry each = ahead; each != null; each = each.ahead) {
            underWay++;
            if (each.state != Entry.State.SENDING || underWay >= mostOfAKey) {
                return false;
            }
        }
        return true;
    }

    /** The oldest one of an open destination. */
    @Nullable
    Entry peek() {
        Entry entry = queue.peek();
        while (entry != null && !(isReady(entry) && entry.destination.isOpen())) {
            queue.poll();
            offer(entry);
            entry = queue.peek();
        }
        return entry;
    }

    /** The same of one destination that is not open. */
    @Nullable
    Entry peekAside(Destination destination) {
        Iterator<Entry> all = destination.aside.iterator();
        while (all.hasNext()) {
            Entry entry = all.next();
            if (isReady(entry)) {
                return entry;
            }
            all.remove();
        }
        return null;
    }

    boolean hasAside(Destination destination) {
        return peekAside(destination) != null;
    }

    /** Takes this one, which was the next one of all, or of its destination. */
    void take(Entry entry) {
        if (!entry.destination.aside.remove(entry) && peek() == entry) {
            queue.poll();
        }
    }

    /** The destination is open now: what was set aside is to be offered again. */
    List<Entry> takeAside(Destination destination) {
        List<Entry> released = List.copyOf(destination.aside);
        destination.aside.clear();
        return released;
    }

    /** It does not exist any more. */
    void remove(Entry entry) {
        // In the queue it stays until peek() comes to it: to look for it there would take too long.
        entry.destination.aside.remove(entry);
    }
}
