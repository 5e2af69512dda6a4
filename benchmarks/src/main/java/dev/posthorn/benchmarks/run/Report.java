package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.run.Result.Percentiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as Markdown: the median of equal runs, and from the least to the most. */
final class Report {

    private static final List<Column> THROUGHPUT = List.of(
            new Column("tx/s", Result::transactionsPerSecond),
            new Column("events/s", result -> orNaN(result.eventsPerSecond())),
            new Column("tx p50 ms", result -> result.transaction().p50()),
            new Column("tx p99 ms", result -> result.transaction().p99()),
            new Column("SQL in tx", result -> result.sql().business()),
            new Column("SQL beside", result -> result.sql().background()),
            new Column("WAL bytes", Result::walBytesPerEvent),
            new Column("CPU µs application", result -> result.processor().application()),
            new Column("of it JIT", result -> result.processor().compiler()),
            new Column("CPU µs PostgreSQL", result -> result.processor().postgres()),
            new Column("CPU µs Kafka", result -> result.processor().kafka()),
            new Column("heap peak MB", Result::heapPeakMegabytes),
            new Column("others %", Result::othersPercent));

    private static final List<Column> LATENCY = List.of(
            new Column("tx p50 ms", result -> result.transaction().p50()),
            new Column("tx p99 ms", result -> result.transaction().p99()),
            new Column("commit to consumer p50 ms", result -> latency(result).p50()),
            new Column("p99 ms", result -> latency(result).p99()),
            new Column("max ms", result -> latency(result).max()),
            new Column("SQL beside", result -> result.sql().background()),
            new Column("others %", Result::othersPercent));

    private record Column(String name, ToDoubleFunction<Result> value) {}

    /** Runs that are repetitions of each other; what makes no difference to a variant is empty. */
    private record Group(Variant variant, int threads, String retention, String linger) implements Comparable<Group> {

        private static final Comparator<Group> ORDER = Comparator.comparing(Group::threads)
                .thenComparing(Group::variant)
                .thenComparing(Group::retention)
                .thenComparing(Group::linger);

        static Group of(Result result) {
            Variant variant = result.variant();
            return new Group(
                    variant,
                    result.threads(),
                    variant == Variant.WITH ? result.retention() : "",
                    variant.relays ? Integer.toString(result.lingerMillis()) : "");
        }

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    private Report() {}

    static String of(List<Result> results) {
        return Stream.of(
                        table("Throughput", results, Workload.THROUGHPUT, THROUGHPUT),
                        differences(results),
                        table("Latency", results, Workload.LATENCY, LATENCY),
                        table("Ten events per key, one after the other", results, Workload.ORDER, THROUGHPUT),
                        statements(results))
                .filter(section -> !section.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** One run, for the eye of who waits. */
    static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-10s %-7s %2d threads %-6s linger %d #%d: %6.0f tx/s, %6s events/s, to consumer %s ms, SQL %.2f + %.2f, CPU %.0f (JIT %.0f) + %.0f + %.0f us, others %.0f %%%s",
                result.workload().label(),
                result.variant().label(),
                result.threads(),
                result.retention(),
                result.lingerMillis(),
                result.pass(),
                result.transactionsPerSecond(),
                result.eventsPerSecond() == null ? "-" : Math.round(result.eventsPerSecond()),
                result.latency() == null
                        ? "-"
                        : result.latency().p50() + " / " + result.latency().p99(),
                result.sql().business(),
                result.sql().background(),
                result.processor().application(),
                result.processor().compiler(),
                result.processor().postgres(),
                result.processor().kafka(),
                result.othersPercent(),
                result.problem().isEmpty() ? "" : " WRONG");
    }

    private static String table(String title, List<Result> results, Workload workload, List<Column> columns) {
        Map<Group, List<Result>> groups = results.stream()
                .filter(result -> result.workload() == workload)
                .collect(Collectors.groupingBy(Group::of, TreeMap::new, Collectors.toList()));
        if (groups.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("### " + title + "\n\n");
        List<String> head = new ArrayList<>(List.of("variant", "threads", "retention", "linger.ms", "runs"));
        columns.forEach(column -> head.add(column.name()));
        text.append(row(head)).append(row(head.stream().map(name -> "---").toList()));
        groups.forEach((group, runs) -> {
            List<String> cells = new ArrayList<>(List.of(
                    group.variant().label(),
                    Integer.toString(group.threads()),
                    group.retention(),
                    group.linger(),
                    Integer.toString(runs.size())));
            columns.forEach(column -> cells.add(cell(runs, column.value())));
            text.append(row(cells));
        });
        return text.toString();
    }

    /** What the event adds to a transaction. */
    private static String differences(List<Result> results) {
        Map<Group, List<Result>> groups = results.stream()
                .filter(result -> result.workload() == Workload.THROUGHPUT)
                .collect(Collectors.groupingBy(Group::of, TreeMap::new, Collectors.toList()));
        StringBuilder rows = new StringBuilder();
        groups.forEach((group, runs) -> {
            Variant base = group.variant() == Variant.WITH ? Variant.WITHOUT : Variant.INSERTS;
            List<Result> without = groups.get(new Group(base, group.threads(), "", ""));
            if (group.variant().relays && without != null) {
                rows.append(row(List.of(
                        group.variant().label() + " − " + base.label(),
                        Integer.toString(group.threads()),
                        group.retention(),
                        group.linger(),
                        difference(runs, without, result -> result.processor().applicationWithoutCompiler()),
                        difference(runs, without, result -> result.processor().postgres()),
                        difference(runs, without, result -> result.processor().kafka()),
                        difference(runs, without, result -> result.processor().sumWithoutCompiler()),
                        difference(runs, without, Result::walBytesPerEvent),
                        difference(runs, without, result -> result.transaction().p50()))));
            }
        });
        if (rows.length() == 0) {
            return "";
        }
        List<String> head = List.of(
                "what an event adds",
                "threads",
                "retention",
                "linger.ms",
                "CPU µs application without JIT",
                "PostgreSQL",
                "Kafka",
                "sum",
                "WAL bytes",
                "tx p50 ms");
        return row(head) + row(head.stream().map(name -> "---").toList()) + rows;
    }

    /** The statements of one run of each variant. */
    private static String statements(List<Result> results) {
        StringBuilder text = new StringBuilder();
        results.stream()
                .filter(result -> result.workload() == Workload.THROUGHPUT)
                .collect(Collectors.groupingBy(Group::of, TreeMap::new, Collectors.toList()))
                .forEach((group, runs) -> {
                    text.append("\n%s %s, %d threads:\n\n"
                            .formatted(group.variant().label(), group.retention(), group.threads()));
                    runs.get(0)
                            .sql()
                            .statements()
                            .forEach(statement -> text.append(String.format(
                                    Locale.ROOT,
                                    "    %7.3f calls/event %8.1f us/event %7.1f blocks/call  %.110s%n",
                                    statement.callsPerEvent(),
                                    statement.microsPerEvent(),
                                    statement.blocksPerCall(),
                                    statement.sql())));
                });
        return text.length() == 0 ? "" : "### Statements\n" + text;
    }

    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String cell(List<Result> runs, ToDoubleFunction<Result> value) {
        return cell(sorted(runs, value));
    }

    /** The median, and in parentheses the least and the most. */
    static String cell(double[] sorted) {
        if (Double.isNaN(sorted[0])) {
            return "";
        }
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        String median = text(median(sorted));
        return text(least).equals(text(most)) ? median : median + " (" + text(least) + "–" + text(most) + ")";
    }

    private static String difference(List<Result> with, List<Result> without, ToDoubleFunction<Result> value) {
        return text(median(sorted(with, value)) - median(sorted(without, value)));
    }

    private static double[] sorted(List<Result> runs, ToDoubleFunction<Result> value) {
        return runs.stream().mapToDouble(value).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String text(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    private static Percentiles latency(Result result) {
        return result.latency() == null ? new Percentiles(Double.NaN, Double.NaN, Double.NaN) : result.latency();
    }
}
