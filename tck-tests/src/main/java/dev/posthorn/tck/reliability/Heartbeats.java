package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Watches the heartbeats of all nodes. */
final class Heartbeats implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final FreightTable table;
    private final Map<String, Long> last = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "heartbeats");
    private volatile long longest;
    private volatile boolean open = true;

    Heartbeats(FreightTable table) {
        this.table = table;
        thread.setDaemon(true);
        thread.start();
    }

    /** The longest time in milliseconds between two heartbeats of a node, or since its last one. */
    long longest() {
        return longest;
    }

    private void watch() {
        while (open) {
            long now = table.now();
            table.heartbeats().forEach((node, at) -> {
                Long before = last.put(node, at);
                longest = Math.max(longest, Math.max(now - at, before == null ? 0 : at - before));
            });
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
