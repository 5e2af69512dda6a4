package dev.posthorn.benchmarks.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What no change may make worse. A build measures for seconds, with servers that are hardly warm, on two processors that tests use at the
 * same time: its figures of speed say next to nothing, and no limit may be so tight that noise can break it. What noise does not move are
 * counts; so the limits are on statements first, and on speed only where it would have to collapse. Of several rounds the best counts: a
 * change for the worse shows in all of them, a disturbance in one. Several nodes have no limits: their batches are smaller.
 */
final class Limits {

    /** Those with which transactions come as fast as they can: with little to do, the relay's batches are small. */
    private static final List<Workload> UNDER_LOAD = List.of(Workload.THROUGHPUT, Workload.ORDER, Workload.HOTKEY);

    /** Two are usual, one for the row and one for all events together, however many. A third is one more round trip of every transaction. */
    private static final double STATEMENTS_PER_TRANSACTION = 2.5;

    /**
     * The relay makes one statement for many events: with a transaction each 0.2 are usual, with one key for all 0.4, of ten per
     * transaction fewer. Two or three are what it takes without batches.
     */
    private static final double STATEMENTS_BESIDE_PER_EVENT = 1;

    /**
     * By events per transaction, the least that is left of the events per second of the yardstick, whose transactions and relay do less.
     * On a quiet machine with warm servers 0.59 and some 0.25 are usual; with cold ones and half of the machine in use, 0.17 was seen.
     */
    private static final Map<Integer, Double> OF_DIRECT = Map.of(1, 0.06, 10, 0.03);

    /**
     * One per second is usual: a heartbeat and a look for what is due, every two seconds. Nine seconds have four or five of these. What comes
     * once in them comes every minute, and is as likely to come in another nine.
     */
    private static final double STATEMENTS_PER_IDLE_SECOND = 1.5;

    private final List<Result> results;
    private final List<String> broken = new ArrayList<>();

    private Limits(List<Result> results) {
        this.results = results;
    }

    /** One sentence for what happened, what follows and what to do, for each limit that is broken. */
    static List<String> broken(List<Result> results) {
        Limits limits = new Limits(results);
        for (Workload workload : UNDER_LOAD) {
            Group.of(results, workload).forEach(limits::check);
        }
        Group.of(results, Workload.IDLE).forEach(limits::checkRest);
        return limits.broken;
    }

    private void check(Group group, List<Result> runs) {
        if (group.variant().isPosthorn() && group.nodes() == 1) {
            atMost(
                    STATEMENTS_PER_TRANSACTION,
                    least(runs, result -> result.sql().business() * result.perTransaction()),
                    group.title() + ": statements in each business transaction",
                    "Every caller waits for each of them. '### Statements' in the report has them.");
            atMost(
                    STATEMENTS_BESIDE_PER_EVENT,
                    least(runs, result -> result.sql().background()),
                    group.title() + ": statements of the relay for each event",
                    "The database has that much more to do. '### Statements' in the report has them.");
            if (group.shape().workload() == Workload.THROUGHPUT) {
                checkSpeed(group, runs);
            }
        }
    }

    private void checkRest(Group group, List<Result> runs) {
        if (group.variant().isPosthorn() && group.nodes() == 1) {
            atMost(
                    STATEMENTS_PER_IDLE_SECOND,
                    least(runs, Limits::repeatedStatements),
                    group.title() + ": statements per second and node that has nothing to do",
                    "Every node of every application makes them, day and night. '### Statements' in the report has them.");
        }
    }

    private static double repeatedStatements(Result run) {
        return run.sql().statements().stream()
                .mapToDouble(Result.Statement::callsPerEvent)
                .filter(calls -> Math.round(calls * run.events()) > 1)
                .sum();
    }

    private void checkSpeed(Group group, List<Result> runs) {
        Double limit = OF_DIRECT.get(group.shape().perTransaction());
        DoubleStream ratios = runs.stream().flatMapToDouble(run -> results.stream()
                .filter(result -> result.variant() == Variant.DIRECT && run.isBesides(result))
                .mapToDouble(direct -> run.eventsPerSecondOrNaN() / direct.eventsPerSecondOrNaN()));
        double best = ratios.max().orElse(Double.NaN);
        if (limit != null && best < limit) {
            broken.add(
                    sentence(
                            group.title() + ": events per second, as a part of those of 'direct'",
                            best,
                            "less",
                            limit,
                            "Posthorn has become several times slower, which no noise explains."
                                    + " benchmarks/run --variants=with,direct --workloads=throughput --profile=cpu shows where the time goes."));
        }
    }

    private void atMost(double limit, double value, String what, String consequence) {
        if (value > limit) {
            broken.add(sentence(what, value, "more", limit, consequence));
        }
    }

    private static double least(Collection<Result> runs, ToDoubleFunction<Result> value) {
        return runs.stream().mapToDouble(value).min().orElseThrow();
    }

    private static String sentence(String what, double value, String than, double limit, String consequence) {
        return String.format(
                Locale.ROOT,
                "%s: %.2f in the best run, %s than %.2f. %s If it has to be so, change the limit in Limits.java and say why in docs/benchmarks.md.",
                what,
                value,
                than,
                limit,
                consequence);
    }
}
