package dev.posthorn.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What an event adds to a transaction: the difference of two whole transactions, shared by its events. */
final class Differences {

    private static final List<String> HEAD = List.of(
            "what an event adds", "database", "nodes", "threads", "events per tx", "payload", "retention", "linger.ms");

    private record Figure(String name, ToDoubleFunction<Result> value) {}

    private static final List<Figure> FIGURES = List.of(
            perEvent("CPU µs application without JIT", result -> result.processor()
                    .applicationWithoutCompiler()),
            perEvent("database", result -> result.processor().database()),
            perEvent("Kafka", result -> result.processor().kafka()),
            perEvent("sum", result -> result.processor().sumWithoutCompiler()),
            perEvent("WAL bytes", Result::walBytesPerEvent),
            perEvent("allocated KB", Result::allocatedOrNaN),
            new Figure("tx p50 ms", result -> result.transaction().p50()));

    private static Figure perEvent(String name, ToDoubleFunction<Result> value) {
        return new Figure(name, result -> result.ofTransaction(value.applyAsDouble(result)));
    }

    private Differences() {}

    static String table(List<Result> results) {
        Map<Group, List<Result>> groups = Group.of(results, Workload.THROUGHPUT);
        StringBuilder rows = new StringBuilder();
        groups.forEach((group, runs) -> {
            Optional<Variant> base = group.variant().base();
            List<Result> without = base.map(group::without).map(groups::get).orElse(null);
            if (without != null) {
                rows.append(row(group, runs, base.orElseThrow(), without));
            }
        });
        if (rows.length() == 0) {
            return "";
        }
        List<String> head = new ArrayList<>(HEAD);
        FIGURES.forEach(figure -> head.add(figure.name()));
        return Report.head(head) + rows;
    }

    private static String row(Group group, List<Result> with, Variant base, List<Result> without) {
        int events = group.shape().perTransaction();
        List<String> cells = new ArrayList<>(List.of(
                group.variant().label() + " − " + base.label(),
                group.database().label(),
                Integer.toString(group.nodes()),
                Integer.toString(group.shape().threads()),
                Integer.toString(events),
                Integer.toString(group.shape().payload()),
                group.retention(),
                group.linger()));
        FIGURES.forEach(
                figure -> cells.add(cell((median(with, figure.value()) - median(without, figure.value())) / events)));
        return Report.row(cells);
    }

    private static double median(List<Result> runs, ToDoubleFunction<Result> value) {
        return Median.of(runs, value).value();
    }

    /** Empty for what older results don't have. */
    private static String cell(double difference) {
        return Double.isNaN(difference) ? "" : Median.text(difference);
    }
}
