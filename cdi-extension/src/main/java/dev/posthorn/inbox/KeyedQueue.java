package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for their turn: one at a time of each key, in the order in which they came. */
final class KeyedQueue {

    private final Deque<Task> ready = new ArrayDeque<>();

    /** For each key whose turn has been given to a task: those behind it. */
    private final Map<String, Deque<Task>> behind = new HashMap<>();

    private int running;

    synchronized void add(Task task) {
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

    /** The task whose turn it is; it keeps its key to itself until {@link #done} or {@link #again}. */
    synchronized @Nullable Task take() {
        Task task = ready.poll();
        if (task != null) {
            running++;
        }
        return task;
    }

    /** The next one of its key has its turn. */
    synchronized void done(Task task) {
        running--;
        String key = task.key();
        if (key != null) {
            Task next = requireNonNull(behind.get(key)).poll();
            if (next == null) {
                behind.remove(key);
            } else {
                ready.add(next);
            }
        }
    }

    /** It has its turn once more, before all others. */
    synchronized void again(Task task) {
        running--;
        ready.addFirst(task);
    }

    synchronized boolean isEmpty() {
        return running == 0 && ready.isEmpty();
    }

    synchronized boolean hasReady() {
        return !ready.isEmpty();
    }
}
