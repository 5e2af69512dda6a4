package dev.posthorn.relay;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a key in order: only the first of a key may be sent, and only when its transaction has committed. The
 * entries of a key are linked; the map knows the last one of each. Guarded by the channel's monitor.
 */
final class Lanes {

    private final Map<String, Entry> last = new HashMap<>();
    private final ArrayDeque<Entry> sendable = new ArrayDeque<>();

    /** Puts an entry behind all others of its key. */
    void add(Entry entry) {
        String key = keyOf(entry);
        if (key != null) {
            Entry ahead = last.put(key, entry);
            if (ahead != null) {
                entry.ahead = ahead;
                ahead.behind = entry;
            }
        }
        offerIfSendable(entry);
    }

    /** The entry has become {@link Entry.State#COMMITTED}, for the first time or again. */
    void committed(Entry entry) {
        offerIfSendable(entry);
    }

    /** Takes an entry out for good; the next one of its key may have its turn. */
    void remove(Entry entry) {
        Entry ahead = entry.ahead;
        Entry behind = entry.behind;
        entry.ahead = null;
        entry.behind = null;
        if (ahead != null) {
            ahead.behind = behind;
        }
        if (behind != null) {
            behind.ahead = ahead;
            offerIfSendable(behind);
            return;
        }
        String key = keyOf(entry);
        if (key == null) {
            return;
        }
        if (ahead == null) {
            last.remove(key, entry);
        } else {
            last.replace(key, entry, ahead);
        }
    }

    /** The entry whose turn it is, oldest first. */
    @Nullable
    Entry poll() {
        Entry entry = sendable.poll();
        while (entry != null && entry.state != Entry.State.COMMITTED) {
            entry = sendable.poll();
        }
        return entry;
    }

    @Nullable
    Entry peek() {
        Entry entry = sendable.peek();
        while (entry != null && entry.state != Entry.State.COMMITTED) {
            sendable.poll();
            entry = sendable.peek();
        }
        return entry;
    }

    private void offerIfSendable(Entry entry) {
        if (entry.state == Entry.State.COMMITTED && entry.ahead == null) {
            sendable.add(entry);
        }
    }

    private static @Nullable String keyOf(Entry entry) {
        return entry.event.ordered() ? entry.event.key() : null;
    }
}
