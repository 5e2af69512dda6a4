package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.List;

/** The experiment: load without faults, load with faults, and then everything must come right by itself. */
final class RandomFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private RandomFaults() {}

    static Report on(Cluster cluster, LedgerTable tables, List<Strike> schedule, long seed, Duration quiet) {
        try (Experiment experiment = Experiment.start(cluster, tables, seed)) {
            experiment.keepQuiet(quiet);
            Injector injector = new Injector(cluster, tables);
            long start = System.nanoTime();
            injector.run(schedule);
            Duration faultsFor = since(start);
            experiment.endOfLoad();
            long end = System.nanoTime();
            experiment.drain(PATIENCE);
            Duration drained = since(end);
            return new Report(seed, faultsFor, injector.happened(), experiment.load(), drained, experiment.verdict());
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
