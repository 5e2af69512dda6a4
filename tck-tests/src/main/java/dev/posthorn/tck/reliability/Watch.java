package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the table all the time: at what is unfinished for too long while nothing is wrong that it could have to wait for, and
 * at what is blamed for its topic, or for the broker: no event of these has any fault of its own. Delivered rows are deleted too soon to
 * be looked at in the end.
 */
final class Watch implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofSeconds(2);

    private final LedgerTable tables;
    private final Trial trial;
    private final Incidents incidents;
    private final Duration limit;
    private final Complaints complaints = new Complaints();
    private final Map<Long, Instant> unfinished = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean open = true;

    private Watch(LedgerTable tables, Trial trial, Incidents incidents, Duration limit) {
        this.tables = tables;
        this.trial = trial;
        this.incidents = incidents;
        this.limit = limit;
    }

    /**
     * @param limit for how long an event may be unfinished
     */
    static Watch start(LedgerTable tables, Trial trial, Incidents incidents, Duration limit) {
        Watch watch = new Watch(tables, trial, incidents, limit);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (open) {
            try {
                look();
            } catch (IllegalStateException e) {
                // The database is away; so nothing is quiet, and the next look will do.
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private synchronized void look() {
        tables.blamed(trial.name()).stream()
                .filter(row -> known.add(upToState(row)))
                .forEach(row -> complaints.add(Violation.BLAMED, row));
        Set<Long> now = tables.unfinishedNumbers(trial.keyPrefix());
        Instant at = Instant.now();
        unfinished.keySet().retainAll(now);
        now.forEach(number -> unfinished.putIfAbsent(number, at));
        Instant quietSince = incidents.quietSince();
        unfinished.forEach((number, since) -> {
            Instant from = since.isAfter(quietSince) ? since : quietSince;
            if (Duration.between(from, at).compareTo(limit) > 0 && known.add("number " + number)) {
                complaints.add(
                        Violation.HELD_UP,
                        "the row with number %d since %s; quiet since %s".formatted(number, since, quietSince));
            }
        });
    }

    /** Its number and attempts: the rest changes without a failure. */
    private static String upToState(String row) {
        return row.substring(0, row.indexOf(", state "));
    }

    /** Rows that are not finished in the end, while only bad topics and observers are left to be waited for. */
    synchronized void heldUp(Iterable<String> rows) {
        rows.forEach(row -> complaints.add(Violation.HELD_UP, row));
    }

    /** After {@link #close}. */
    Verdict verdict() {
        return complaints.verdict("");
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the watch ends", e);
        }
    }
}
