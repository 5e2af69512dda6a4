package dev.posthorn.channel;

import dev.posthorn.spi.Shelf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be put away in the table, and when to look whether something can be taken back: events whose delay is over, and keys
 * whose turn has come. What is not remembered here, since it was put away by another node or is too much, is found by the next
 * sweep. Guarded by the channel's monitor.
 */
final class Shelves {

    private static final int MOST = 1000;

    /** The clocks of database and node differ a little. */
    private static final long SLACK = Duration.ofMillis(100).toNanos();

    private static final long FIRST_LOOK = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

    private final ArrayDeque<Shelving> shelvings = new ArrayDeque<>();
    private final Map<String, Look> waiting = new LinkedHashMap<>();
    private final PriorityQueue<Long> due = new PriorityQueue<>();
    private boolean everythingMayBeDue = true;
    private boolean everyKeyMayGoOn = true;

    /** How far a search for keys with waiting events has come; null if none is under way. */
    private @Nullable String searchedTo;

    /** When to look at a key, and how long to wait before the look after that. */
    private record Look(long at, long pause) {}

    // --- putting away

    void add(Collection<Shelving> more, long now) {
        for (Shelving each : more) {
            shelvings.add(each);
            if (each.shelf() == Shelf.WAITING) {
                look(each.key(), now, FIRST_LOOK);
            }
        }
    }

    boolean hasNext() {
        return !shelvings.isEmpty();
    }

    @Nullable
    Shelving next() {
        return shelvings.poll();
    }

    // --- taking back what was delayed

    void delayed(long now, Duration delay) {
        if (due.size() < MOST) {
            due.add(now + delay.toNanos() + SLACK);
        }
    }

    boolean isDue(long now) {
        Long first = due.peek();
        return everythingMayBeDue || (first != null && now - first >= 0);
    }

    /** Whether to ask for events whose delay is over; it is asked for once. */
    boolean pollDue(long now) {
        boolean isDue = isDue(now);
        everythingMayBeDue = false;
        while (!due.isEmpty() && now - due.peek() >= 0) {
            due.poll();
        }
        return isDue;
    }

    void askForDue() {
        everythingMayBeDue = true;
    }

    // --- taking back what waits

    /**
     * Behind which key to look at those that have waiting events: a page of them, to be followed by {@link #searched}. What is asked for
     * while a search is under way begins when that has come to its end.
     *
     * @return null if there is nothing to look for
     */
    @Nullable
    String nextSearch() {
        if (searchedTo == null && everyKeyMayGoOn) {
            everyKeyMayGoOn = false;
            searchedTo = "";
        }
        return searchedTo;
    }

    /** @param last the last key of a page; null if it was the last page */
    void searched(@Nullable String last) {
        searchedTo = last;
    }

    boolean hasKeysToRevisit(long now) {
        if (everyKeyMayGoOn || searchedTo != null) {
            return true;
        }
        // Asked for with each commit, and nearly always of nothing: no stream.
        for (Look look : waiting.values()) {
            if (now - look.at >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Keys whose turn may have come; each again after a pause that grows, until {@link #released}. */
    List<String> keysToRevisit(long now) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, Look> each : waiting.entrySet()) {
            Look look = each.getValue();
            if (now - look.at >= 0) {
                keys.add(each.getKey());
                each.setValue(new Look(now + look.pause, Math.min(look.pause * 2, LONGEST_PAUSE)));
            }
        }
        return keys;
    }

    /** These keys have been looked at, and only {@code still} have waiting events. */
    void released(Collection<String> lookedAt, Set<String> still, long now) {
        waiting.keySet().removeIf(key -> lookedAt.contains(key) && !still.contains(key));
        for (String key : still) {
            if (!waiting.containsKey(key)) {
                look(key, now, FIRST_LOOK);
            }
        }
    }

    /** An event has been delivered on which others may have waited. */
    void revisit(String key, long now) {
        look(key, now, 0);
    }

    /** The same, if it is known that others wait. */
    void revisitIfWaiting(String key, long now) {
        if (waiting.containsKey(key)) {
            revisit(key, now);
        }
    }

    private void look(String key, long now, long in) {
        if (waiting.size() < MOST || waiting.containsKey(key)) {
            waiting.put(key, new Look(now + in, FIRST_LOOK));
        }
    }

    // --- all of it

    /** Whatever was put away, by whomever, is to be looked for. */
    void askForAll() {
        everythingMayBeDue = true;
        everyKeyMayGoOn = true;
    }

    void forgetAll() {
        shelvings.clear();
        waiting.clear();
        due.clear();
        searchedTo = null;
        askForAll();
    }
}
