package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for their turn: one at a time of each key, in the order in which they came. */
final class KeyedQueue {

    private record Resting(RepeatableTask task, long until) {}

    private final LongSupplier nanoTime;
    private final Deque<RepeatableTask> ready = new ArrayDeque<>();

    /** Tasks that run again later; each keeps its key to itself meanwhile. */
    private final PriorityQueue<Resting> resting =
            new PriorityQueue<>((one, other) -> Long.compare(one.until - other.until, 0));

    /** For each key whose turn has been given to a task: those behind it. */
    private final Map<String, Deque<RepeatableTask>> behind = new HashMap<>();

    private int running;

    KeyedQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(RepeatableTask task) {
        String key = task.key();
        if (key == null) {
            ready.add(task);
        } else if (behind.containsKey(key)) {
            requireNonNull(behind.get(key)).add(task);
        } else {
            behind.put(key, new ArrayDeque<>());
            ready.add(task);
        }
    }

    /** The task whose turn it is; it keeps its key to itself until {@link #done}. */
    synchronized @Nullable RepeatableTask take() {
        wakeResting();
        RepeatableTask task = ready.poll();
        if (task != null) {
            running++;
        }
        return task;
    }

    /** The next one of its key has its turn. */
    synchronized void done(RepeatableTask task) {
        running--;
        String key = task.key();
        if (key != null) {
            Deque<RepeatableTask> waiting = requireNonNull(behind.get(key));
            RepeatableTask next = waiting.poll();
            if (next == null) {
                behind.remove(key);
            } else {
                ready.add(next);
            }
        }
    }

    /** It has its turn once more at this time, before all others. */
    synchronized void later(RepeatableTask task, long until) {
        running--;
        resting.add(new Resting(task, until));
    }

    synchronized boolean isEmpty() {
        return running == 0 && ready.isEmpty() && resting.isEmpty();
    }

    synchronized boolean hasReady() {
        wakeResting();
        return !ready.isEmpty();
    }

    private void wakeResting() {
        if (resting.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        for (Resting next = resting.peek(); next != null && next.until - now <= 0; next = resting.peek()) {
            ready.addFirst(next.task);
            resting.remove();
        }
    }
}
