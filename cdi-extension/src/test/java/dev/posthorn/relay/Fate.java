package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** All that becomes of one event in a run. Moments are numbers that only grow. */
final class Fate {

    static final long NEVER = Long.MAX_VALUE;

    final EventEnvelope event;
    final String writer;
    final int transaction;
    final int place;

    /** When its append began. */
    final long appendedAt;

    /** Its place in the order of the store. */
    long seq;

    long visibleAt = NEVER;
    boolean reportedCommitted;

    /** When its node was told of the commit. */
    long reportedAt = NEVER;

    boolean rolledBack;

    /** Whether it has been said of it that nobody is to wait for it: dead where the policy says so, skipped, discarded. */
    boolean isGivenUp;

    /** Whether an operator has had a hand in it. */
    boolean isOperated;

    /** What the broker says to it; null if it takes it. */
    @Nullable
    Failure poison;

    /** The attempts that were written down last. */
    int attempts;

    int sends;
    long sentLast;
    int deliveries;
    int shelvings;
    int givenUp;
    boolean acknowledged;

    private final Map<Life, Trial> trials = new HashMap<>();

    /** The last time that each node handed it to its transport. */
    final Map<Life, Outstanding> sendings = new HashMap<>();

    record Outstanding(long begun, BooleanSupplier unanswered) {
        boolean isOutstanding() {
            return unanswered.getAsBoolean();
        }
    }

    Fate(EventEnvelope event, String writer, int transaction, int place, long appendedAt) {
        this.event = event;
        this.writer = writer;
        this.transaction = transaction;
        this.place = place;
        this.appendedAt = appendedAt;
    }

    /** Whether its order matters. */
    boolean isInLane() {
        return event.orderKey() != null;
    }

    boolean isVisible() {
        return visibleAt != NEVER;
    }

    /** Within a transaction as they were fired; if not, what could be seen when the other one's append began. */
    boolean mustComeBefore(Fate other) {
        boolean first = transaction == other.transaction ? place < other.place : visibleAt < other.appendedAt;
        return first && !rolledBack && !isGivenUp;
    }

    Trial trialOf(Life life) {
        return trials.computeIfAbsent(life, each -> new Trial());
    }

    @Override
    public String toString() {
        return event.headers().getOrDefault("name", "nameless");
    }
}
