package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The system properties of the random faults, all of them with a default that suits a build. */
final class FaultSettings {

    private FaultSettings() {}

    /** {@code faults.seed}: of an earlier run, which is to be repeated. */
    static long seed() {
        return Long.getLong("faults.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    }

    /** {@code faults.duration}: for how long faults happen. */
    static Duration duration() {
        return duration("faults.duration", "PT50S");
    }

    /** {@code faults.pause}: between two faults, on average. */
    static Duration pause() {
        return duration("faults.pause", "PT4S");
    }

    /** {@code faults.writers.pause}: of each writer after each burst. */
    static Duration pauseOfWriters() {
        return duration("faults.writers.pause", "PT0.4S");
    }

    private static Duration duration(String property, String otherwise) {
        return Duration.parse(System.getProperty(property, otherwise));
    }
}
