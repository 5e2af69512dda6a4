package dev.posthorn.tck.reliability;

import dev.posthorn.tck.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The experiment: load without faults, load without a broker, load with everything, and then all must come right by itself. Operators
 * are at work all the time, topics are missing and observers hang.
 */
final class RandomFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final int WRITES_BESIDE_BAD_TOPICS = 20;

    private final Cluster cluster;
    private final Experiment experiment;
    private final Injector hard;
    private final Injector soft;
    private final Operators operators;
    private final Nuisance nuisance;
    private final Set<Fault> leftOut = FaultSettings.without();
    private final long seed;

    private RandomFaults(Cluster cluster, LedgerTable tables, Experiment experiment, long seed) {
        this.cluster = cluster;
        this.experiment = experiment;
        this.hard = new Injector(cluster, tables, experiment);
        this.soft = new Injector(cluster, tables, experiment);
        this.operators = new Operators(cluster);
        this.nuisance = new Nuisance(cluster);
        this.seed = seed;
    }

    /** @param duration of the faults; if it is zero there are none */
    static Report on(Cluster cluster, LedgerTable tables, Duration duration, long seed, Duration quiet) {
        try (Experiment experiment = Experiment.start(cluster, tables, seed)) {
            return new RandomFaults(cluster, tables, experiment, seed).run(duration, quiet);
        }
    }

    private Report run(Duration duration, Duration quiet) {
        long start = System.nanoTime();
        if (duration.isZero()) {
            sleep(quiet);
            experiment.endOfLoad();
        } else {
            strike(duration, quiet);
            endBesideBadTopics();
        }
        Duration faultsFor = since(start);
        long end = System.nanoTime();
        experiment.drain(PATIENCE);
        Duration drainedIn = since(end);
        Verdict verdict = experiment.verdict().and(drained());
        return new Report(seed, faultsFor, happened(), experiment.load(), drainedIn, verdict);
    }

    private void strike(Duration duration, Duration quiet) {
        Duration pause = FaultSettings.pause();
        Duration outage = Fault.LONE_OUTAGE.longest();
        CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> soft.run(
                Schedule.soft(seed, quiet.plus(outage).plus(SETTLE).plus(duration), pause, cluster.size(), leftOut)));
        sleep(quiet);
        if (happens(Fault.LONE_OUTAGE)) {
            hard.run(List.of(Strike.loneOutage(Duration.ZERO)));
            sleep(SETTLE);
        }
        hard.run(Schedule.hard(seed, duration, pause, cluster.size(), leftOut));
        meanwhile.join();
    }

    /** All is well but some topics, and observers that hang on all nodes: nobody else may notice. */
    private void endBesideBadTopics() {
        operators.undoAll(experiment.trial().keys());
        if (happens(Fault.OBSERVERS_HANG)) {
            nuisance.beginEverywhere(Trouble.OBSERVERS_HANG, PATIENCE.multipliedBy(2));
        }
        Runnable cure = spoilTopics();
        experiment.awaitWrites(WRITES_BESIDE_BAD_TOPICS);
        experiment.endOfLoad();
        experiment.drainBesideBadTopics(PATIENCE);
        nuisance.endEverywhere();
        cure.run();
    }

    private boolean happens(Fault fault) {
        return !leftOut.contains(fault);
    }

    private Runnable spoilTopics() {
        Destinations destinations = experiment.destinations();
        List<Runnable> cures = new ArrayList<>();
        if (happens(Fault.MISSING_TOPIC)) {
            String missing = destinations.miss();
            cures.add(() -> destinations.create(missing));
        }
        if (happens(Fault.FORBIDDEN_TOPIC)) {
            destinations.forbid();
            cures.add(destinations::allow);
        }
        return () -> cures.forEach(Runnable::run);
    }

    /** Operators, too, must find that nothing is left. */
    private Verdict drained() {
        Complaints complaints = new Complaints();
        if (!operators.drain(0, SETTLE).orElse(false)) {
            complaints.add(Violation.STUCK, "something is unsent, says OutboxOperator.drain");
        }
        return complaints.verdict("");
    }

    private Map<Fault, Integer> happened() {
        Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
        hard.happened().forEach((fault, times) -> happened.merge(fault, times, Integer::sum));
        soft.happened().forEach((fault, times) -> happened.merge(fault, times, Integer::sum));
        return happened;
    }

    private static void sleep(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
