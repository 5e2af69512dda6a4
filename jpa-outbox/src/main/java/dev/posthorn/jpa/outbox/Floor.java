package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.outbox.FloorQuery.Seen;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number below which nothing is unsent. It is raised in two steps. At first, a number is noted that has been given, and who is writing:
 * whoever has been given a smaller one is among them, or has ended. When all of them have ended, whatever has a smaller number can be
 * seen, and the smallest that is unsent is the new floor.
 */
final class Floor {

    /** A look costs two statements. */
    private static final int EVENTS_A_LOOK = 500;

    /** How long what is unsent again below the floor may stay unseen. */
    private static final long DOUBT = TimeUnit.SECONDS.toNanos(5);

    private final AtomicLong doubted = new AtomicLong(System.nanoTime());
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long number;

    // What follows belongs to who is looking.
    private long given;
    private Set<String> writers = Set.of();

    long number() {
        return number;
    }

    /** Now and then, once. */
    boolean isToBeDoubted() {
        long now = System.nanoTime();
        long last = doubted.get();
        return now - last > DOUBT && doubted.compareAndSet(last, now);
    }

    boolean isDue(Collection<Long> numbers) {
        return events.addAndGet(numbers.size()) >= EVENTS_A_LOOK;
    }

    interface Look {

        /**
         * Sees who writes, and then the smallest number that is unsent.
         *
         * @param from where the floor is
         * @param waitedFor those whose end is waited for
         */
        Seen at(long from, Set<String> waitedFor);
    }

    void raise(Collection<Long> numbers, Look look) {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            events.set(0);
            Seen seen = look.at(number, writers);
            if (given > 0 && seen.stillWriting().isEmpty()) {
                seen.firstUnsent().ifPresent(first -> number = Math.max(number, Math.min(first, given + 1)));
                given = 0;
            }
            if (given == 0) {
                given = numbers.stream().mapToLong(Long::longValue).max().orElse(0);
                writers = seen.writers();
            } else {
                writers = seen.stillWriting();
            }
        } finally {
            looking.set(false);
        }
    }
}
