package dev.posthorn.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Bounds how many messages are here that the application has handed over: it is told when there is room for another one. */
final class Room {

    private final int size;
    private final Deque<CompletableFuture<@Nullable Void>> waiting = new ArrayDeque<>();
    private int taken;

    Room(int size) {
        this.size = size;
    }

    /** Takes a place, and answers when there is room for one more. */
    synchronized CompletionStage<@Nullable Void> take() {
        taken++;
        if (taken < size) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> room = new CompletableFuture<>();
        waiting.add(room);
        return room;
    }

    void leave() {
        CompletableFuture<@Nullable Void> next;
        synchronized (this) {
            taken--;
            next = taken < size ? waiting.poll() : null;
        }
        if (next != null) {
            next.complete(null);
        }
    }
}
