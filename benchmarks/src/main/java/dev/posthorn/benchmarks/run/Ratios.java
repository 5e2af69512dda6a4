package dev.posthorn.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Posthorn against each other variant, and several nodes against one, pair by pair: what was measured one right after the other. */
final class Ratios {

    private static final List<String> FIGURES = List.of(
            "Posthorn / other",
            "database",
            "nodes",
            "threads",
            "events per tx",
            "payload",
            "retention",
            "linger.ms",
            "pairs");

    private record Figure(String name, ToDoubleFunction<Result> value) {}

    private static final Figure PROCESSOR_TIME = new Figure(
            "all CPU", result -> result.ofTransaction(result.processor().sumWithoutCompiler()));

    private static final Figure WAL =
            new Figure("WAL bytes", result -> result.ofTransaction(result.walBytesPerEvent()));

    private static final List<Figure> OF_LOAD = List.of(
            new Figure("events/s", Result::eventsPerSecondOrNaN),
            new Figure("tx/s", Result::transactionsPerSecondOrNaN),
            new Figure("tx p50", Result::transactionMedianOrNaN),
            PROCESSOR_TIME,
            WAL);

    private static final List<Figure> OF_LATENCY = List.of(
            new Figure("commit to consumer p50", result -> result.latencyOrNaN().p50()),
            new Figure("p99", result -> result.latencyOrNaN().p99()),
            new Figure("tx p50", Result::transactionMedianOrNaN),
            PROCESSOR_TIME);

    private static final List<Figure> OF_BACKLOG =
            List.of(new Figure("events/s", Result::eventsPerSecondOrNaN), PROCESSOR_TIME, WAL);

    private static final List<Figure> OF_REST = List.of(new Figure("SQL", Result::statementsPerEvent), PROCESSOR_TIME);

    private record Pair(Result posthorn, Result other) {

        double ratio(ToDoubleFunction<Result> value) {
            return value.applyAsDouble(posthorn) / value.applyAsDouble(other);
        }
    }

    private Ratios() {}

    static String table(List<Result> results, Workload workload) {
        Map<Group, List<Result>> groups = Group.of(results, workload);
        List<Figure> figures =
                switch (workload) {
                    case LATENCY -> OF_LATENCY;
                    case BACKLOG -> OF_BACKLOG;
                    case IDLE -> OF_REST;
                    case THROUGHPUT, ORDER, HOTKEY -> OF_LOAD;
                };
        StringBuilder rows = new StringBuilder();
        groups.forEach((group, runs) -> {
            if (group.variant().isPosthorn()) {
                groups.forEach((other, others) -> rows.append(row(group, runs, other, others, figures)));
            }
        });
        if (rows.length() == 0) {
            return "";
        }
        List<String> head = new ArrayList<>(FIGURES);
        figures.forEach(figure -> head.add(figure.name()));
        return Report.head(head) + rows;
    }

    private static String row(Group group, List<Result> runs, Group other, List<Result> others, List<Figure> figures) {
        List<Pair> pairs = new ArrayList<>();
        for (Result run : runs) {
            others.stream().filter(run::isBesides).forEach(result -> pairs.add(new Pair(run, result)));
        }
        if (pairs.isEmpty()) {
            return "";
        }
        List<String> cells = new ArrayList<>(group.cells(pairs.size()));
        cells.set(0, group.name() + " / " + other.name());
        figures.forEach(figure ->
                cells.add(Median.of(pairs, pair -> pair.ratio(figure.value())).cell()));
        return Report.row(cells);
    }
}
