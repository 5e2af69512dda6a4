package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;

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
    boolean rolledBack;

    /** Whether the relay can know when it became visible, so that what comes after can wait for it. */
    boolean orderIsPromised = true;

    /** Whether the relay was told that it was rolled back although it is committed. */
    boolean isLiedAbout;

    /** Whether its writer counted as living when it was committed. If not, its row and earlier ones may be taken over apart. */
    boolean committedWhileWriterLived;

    boolean poison;
    int sends;
    int deliveries;
    int deaths;
    int shelvings;
    boolean acknowledged;

    /** How many acknowledgements the channel had when the first of its sends began since it was last judged. */
    long acknowledgedBefore = NEVER;

    /** The same for the sends on which the retrier has given up, but which have not been counted. */
    long acknowledgedBeforeJudged = NEVER;

    Fate(EventEnvelope event, String writer, int transaction, int place, long appendedAt) {
        this.event = event;
        this.writer = writer;
        this.transaction = transaction;
        this.place = place;
        this.appendedAt = appendedAt;
    }

    /** Whether its order matters. */
    boolean isInLane() {
        return event.ordered() && event.key() != null;
    }

    boolean isVisible() {
        return visibleAt != NEVER;
    }

    boolean mustComeBefore(Fate other) {
        return writer.equals(other.writer)
                && orderIsPromised
                && !rolledBack
                && !isLiedAbout
                && !other.isLiedAbout
                && (transaction == other.transaction ? place < other.place : causes(other));
    }

    private boolean causes(Fate other) {
        return visibleAt < other.appendedAt && other.committedWhileWriterLived;
    }

    @Override
    public String toString() {
        return event.headers().getOrDefault("name", "nameless");
    }
}
