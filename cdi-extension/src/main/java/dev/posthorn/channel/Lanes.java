package dev.posthorn.channel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a key in order: only the first of a key may be sent, when its transaction has committed, and when the store
 * has said that nothing that other nodes or the table have comes before it. The entries of a key are linked; the map knows the
 * last one of each. Guarded by the channel's monitor.
 */
final class Lanes {

    /** A lane in which so many may go is asked for more when it has fewer: half of a question, so that few events have one of their own. */
    private static final int MOST_CLEARED = 250;

    private final Ready ready;
    private final Map<String, Entry> last = new HashMap<>();

    /** Committed entries whose turn is not known, although that of the one ahead is: what can be asked for. */
    private final Set<Entry> unknown = new LinkedHashSet<>();

    /** Keys whose rows are being put away in the table: nothing of them may begin meanwhile. */
    private final Set<String> resting = new HashSet<>();

    Lanes(Ready ready) {
        this.ready = ready;
    }

    /** Puts an entry behind those of its key that have smaller numbers, or may go already. */
    void add(Entry entry) {
        String key = entry.event.orderKey();
        if (key != null) {
            link(key, entry);
        }
        offer(entry);
    }

    private void link(String key, Entry entry) {
        Entry ahead = last.get(key);
        Entry behind = null;
        while (ahead != null && ahead.seq > entry.seq && ahead.isMovable()) {
            behind = ahead;
            ahead = ahead.ahead;
        }
        entry.ahead = ahead;
        entry.behind = behind;
        if (ahead != null) {
            ahead.behind = entry;
        }
        if (behind == null) {
            last.put(key, entry);
        } else {
            behind.ahead = entry;
            forgetAnswer(behind);
        }
    }

    /** The entry has become {@link Entry.State#COMMITTED}, for the first time or again. */
    void committed(Entry entry) {
        offer(entry);
    }

    /** It is known that nothing but the entries ahead of it here comes before this one. */
    void mayGo(Entry entry) {
        entry.mayGo = true;
        entry.blocked = false;
        unknown.remove(entry);
        offer(entry);
        if (entry.behind != null) {
            offer(entry.behind);
        }
    }

    /**
     * Puts an entry behind another one of its key, which was behind it: that is how the store has them. Those that it passes may have
     * come after it: they have to ask again, but for those of the same question, whose answers are yet to be looked at, or have been with
     * this one in mind.
     */
    void moveBehind(Entry entry, Entry other) {
        Entry first = unlink(entry);
        for (Entry each = first; each != null && each != other; each = each.behind) {
            if (each.question != entry.question) {
                forgetAnswer(each);
            }
        }
        Entry behind = other.behind;
        entry.ahead = other;
        entry.behind = behind;
        other.behind = entry;
        if (behind == null) {
            last.put(requireNonNull(entry.event.orderKey()), entry);
        } else {
            behind.ahead = entry;
        }
        if (first != null) {
            offer(first);
        }
        offer(entry);
    }

    /** Whether there is an event of this key. */
    boolean isOccupied(@Nullable String key) {
        return key != null && last.containsKey(key);
    }

    /** Whether the other one is behind this one: most are close to each other. */
    static boolean isBehind(Entry entry, Entry other) {
        Entry ahead = entry.ahead;
        Entry behind = entry.behind;
        while (behind != null && behind != other && ahead != other) {
            behind = behind.behind;
            ahead = ahead == null ? null : ahead.ahead;
        }
        return behind != null && behind == other;
    }

    /** Takes an entry out that has been delivered; the next one of its key may have its turn. */
    void delivered(Entry entry) {
        offerFirstOf(unlink(entry));
    }

    /** An entry is on its way: the next one of its key may follow, if several may be under way. */
    void began(Entry entry) {
        if (ready.takesSeveralOfAKey()) {
            offerFirstOf(entry.behind);
        }
    }

    private void offerFirstOf(@Nullable Entry entry) {
        Entry next = entry;
        while (next != null && next.state == Entry.State.SENDING) {
            next = next.behind;
        }
        if (next != null) {
            offer(next);
        }
    }

    /** Takes an entry out that is not finished: whatever is behind it has to ask again whose turn it is. */
    void remove(Entry entry) {
        Entry behind = unlink(entry);
        for (Entry each = behind; each != null; each = each.behind) {
            forgetAnswer(each);
        }
        if (behind != null) {
            offer(behind);
        }
    }

    private @Nullable Entry unlink(Entry entry) {
        unknown.remove(entry);
        ready.remove(entry);
        Entry ahead = entry.ahead;
        Entry behind = entry.behind;
        entry.ahead = null;
        entry.behind = null;
        if (ahead != null) {
            ahead.behind = behind;
        }
        if (behind != null) {
            behind.ahead = ahead;
            return behind;
        }
        String key = entry.event.orderKey();
        if (key != null && ahead == null) {
            last.remove(key, entry);
        } else if (key != null) {
            last.replace(key, entry, ahead);
        }
        return null;
    }

    /** The destination is open now. */
    void release(Destination destination) {
        ready.takeAside(destination).forEach(this::offer);
    }

    /** The numbers of the events of a key that are on their way, or whose turn has come, or is to come after others of them. */
    List<Long> cleared(String key) {
        List<Long> cleared = new ArrayList<>();
        for (Entry each = last.get(key); each != null; each = each.ahead) {
            if (each.mayGo || each.state == Entry.State.SENDING) {
                cleared.add(each.seq);
            }
        }
        return cleared;
    }

    /** What was said of an event's turn may not hold any more: it has to ask again. */
    void askAgain(Entry entry) {
        forgetAnswer(entry);
        offer(entry);
    }

    /** Something else has come to be ahead of it, or may have: an answer, or one under way, means nothing any more. */
    private void forgetAnswer(Entry entry) {
        entry.mayGo = false;
        entry.question = 0;
        unknown.remove(entry);
    }

    /** Whether there is anything to send or to ask for. */
    boolean hasTurns() {
        return ready.peek() != null || !unknown.isEmpty();
    }

    /**
     * Entries to ask for, with those behind them: at most so many.
     *
     * @param now those that are to be asked for later are left out
     */
    List<Entry> toAsk(long now, int most) {
        List<Entry> entries = new ArrayList<>();
        for (Entry first : unknown) {
            boolean isDue = !first.blocked || now - first.askAt >= 0;
            if (isDue && mayBeAsked(first)) {
                for (Entry each = first; each != null && each.isToAsk() && entries.size() < most; each = each.behind) {
                    entries.add(each);
                }
            }
        }
        return entries;
    }

    /** What is cleared ahead of it counts as finished for all of the question: so there must be nothing else ahead of it. */
    private boolean mayBeAsked(Entry entry) {
        int cleared = 0;
        for (Entry each = entry.ahead; each != null; each = each.ahead) {
            if (!each.mayGo || ++cleared == MOST_CLEARED) {
                return false;
            }
        }
        return !resting.contains(entry.event.orderKey());
    }

    void rest(String key) {
        resting.add(key);
    }

    void resume(String key) {
        resting.remove(key);
    }

    void resumeAll() {
        resting.clear();
    }

    /**
     * What is ahead of an entry in its lane and has had its answer. That answer is older than the next one: something may have become
     * visible since that need not come before those, but has to come before this one. So the question is what else comes before it.
     */
    List<Entry> clearedAhead(Entry entry) {
        List<Entry> cleared = new ArrayList<>();
        for (Entry each = entry.ahead; each != null && each.mayGo && cleared.size() < MOST_CLEARED; each = each.ahead) {
            cleared.add(each);
        }
        return cleared;
    }

    /** How long until the next entry is to be asked for that was blocked, in nanoseconds; 0 if there is none. */
    long untilNextAsking(long now) {
        long least = 0;
        for (Entry each : unknown) {
            if (each.blocked && mayBeAsked(each)) {
                long left = Math.max(1, each.askAt - now);
                least = least == 0 ? left : Math.min(least, left);
            }
        }
        return least;
    }

    private void offer(Entry entry) {
        if (!ready.offer(entry) && entry.isToAsk() && (entry.ahead == null || entry.ahead.mayGo)) {
            unknown.add(entry);
        }
    }
}
