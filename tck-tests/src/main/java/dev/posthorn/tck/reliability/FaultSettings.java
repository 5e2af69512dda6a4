package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return duration("faults.pause", "PT3S");
    }

    /** {@code faults.writers.pause}: of each writer after each burst. */
    static Duration pauseOfWriters() {
        return duration("faults.writers.pause", "PT0.4S");
    }

    /** {@code faults.lag}: for how long an event may be unfinished while there is nothing that it could have to wait for. */
    static Duration lag() {
        return duration("faults.lag", "PT30S");
    }

    /** {@code faults.without}: kinds of faults that are left out. */
    static Set<Fault> without() {
        return Stream.of(System.getProperty("faults.without", "").split(","))
                .filter(name -> !name.isBlank())
                .map(Fault::valueOf)
                .collect(Collectors.toSet());
    }

    private static Duration duration(String property, String otherwise) {
        return Duration.parse(System.getProperty(property, otherwise));
    }
}
