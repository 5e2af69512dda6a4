package dev.posthorn.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as Markdown: the median of equal runs, and from the least to the most. */
final class Report {

    private static final List<Column> PROCESSOR_TIME = List.of(
            new Column("CPU µs application", result -> result.processor().application()),
            new Column("of it JIT", result -> result.processor().compiler()),
            new Column("CPU µs database", result -> result.processor().database()),
            new Column("CPU µs Kafka", result -> result.processor().kafka()));

    private static final Column ALLOCATED = new Column("allocated KB", Result::allocatedOrNaN);

    /** What disturbed the run. */
    private static final List<Column> DISTURBANCE =
            List.of(new Column("others %", Result::othersPercent), new Column("steal %", Result::stealPercent));

    private static final List<Column> THROUGHPUT = columns(
            List.of(
                    new Column("tx/s", Result::transactionsPerSecond),
                    new Column("events/s", Result::eventsPerSecondOrNaN),
                    new Column("tx p50 ms", result -> result.transaction().p50()),
                    new Column("tx p99 ms", result -> result.transaction().p99()),
                    new Column("SQL in tx", result -> result.sql().business()),
                    new Column("SQL beside", result -> result.sql().background()),
                    new Column("WAL bytes", Result::walBytesPerEvent)),
            PROCESSOR_TIME,
            List.of(ALLOCATED, new Column("heap peak MB", Result::heapPeakMegabytes)),
            DISTURBANCE);

    private static final List<Column> ORDER =
            columns(List.of(new Column("out of order", result -> result.orderViolations())), THROUGHPUT);

    private static final List<Column> LATENCY = columns(
            List.of(
                    new Column("tx p50 ms", result -> result.transaction().p50()),
                    new Column("tx p99 ms", result -> result.transaction().p99()),
                    new Column("commit to consumer p50 ms", result -> result.latencyOrNaN()
                            .p50()),
                    new Column("p99 ms", result -> result.latencyOrNaN().p99()),
                    new Column("max ms", result -> result.latencyOrNaN().max()),
                    new Column("SQL beside", result -> result.sql().background())),
            DISTURBANCE);

    private static final List<Column> BACKLOG = columns(
            List.of(
                    new Column("events/s", Result::eventsPerSecondOrNaN),
                    new Column("SQL", result -> result.sql().background()),
                    new Column("WAL bytes", Result::walBytesPerEvent)),
            PROCESSOR_TIME,
            List.of(ALLOCATED),
            DISTURBANCE);

    /** Per second and node. */
    private static final List<Column> IDLE = columns(
            List.of(
                    new Column("SQL", Result::statementsPerEvent),
                    new Column("transactions", Result::transactionsPerSecond)),
            PROCESSOR_TIME,
            List.of(ALLOCATED),
            DISTURBANCE);

    private record Column(String name, ToDoubleFunction<Result> value) {}

    @SafeVarargs
    private static List<Column> columns(List<Column>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private Report() {}

    static String of(List<Result> results) {
        return Stream.of(
                        table("Throughput", results, Workload.THROUGHPUT, THROUGHPUT),
                        Differences.table(results),
                        table("Latency", results, Workload.LATENCY, LATENCY),
                        table("Ten events per key, one after the other", results, Workload.ORDER, ORDER),
                        table("One key", results, Workload.HOTKEY, ORDER),
                        table("Backlog", results, Workload.BACKLOG, BACKLOG),
                        table("Nothing to do, per second and node", results, Workload.IDLE, IDLE),
                        statements(results))
                .filter(section -> !section.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** One run, for the eye of who waits. */
    static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-10s %-16s %-10s on %d, %2d threads x %d, %d bytes, %-6s linger %d #%d: %6.0f tx/s, %6s events/s, to consumer %s ms, SQL %.2f + %.2f, CPU %.0f (JIT %.0f) + %.0f + %.0f us, others %.0f %%, steal %.0f %%%s",
                result.workload().label(),
                result.variant().label(),
                result.database().label(),
                result.nodes(),
                result.threads(),
                result.perTransaction(),
                result.payload(),
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
                result.processor().database(),
                result.processor().kafka(),
                result.othersPercent(),
                result.stealPercent(),
                result.problem().isEmpty() ? "" : " WRONG");
    }

    private static String table(String title, List<Result> results, Workload workload, List<Column> columns) {
        Map<Group, List<Result>> groups = Group.of(results, workload);
        if (groups.isEmpty()) {
            return "";
        }
        List<String> head = new ArrayList<>(Group.HEAD);
        columns.forEach(column -> head.add(column.name()));
        StringBuilder text = new StringBuilder("### " + title + "\n\n" + head(head));
        groups.forEach((group, runs) -> {
            List<String> cells = new ArrayList<>(group.cells(runs.size()));
            columns.forEach(column -> cells.add(Median.of(runs, column.value()).cell()));
            text.append(row(cells));
        });
        String ratios = Ratios.table(results, workload);
        return ratios.isEmpty() ? text.toString() : text + "\n" + ratios;
    }

    private static String statements(List<Result> results) {
        String text = statements(results, Workload.THROUGHPUT, "event")
                + statements(results, Workload.HOTKEY, "event")
                + statements(results, Workload.IDLE, "second");
        return text.isEmpty() ? "" : "### Statements\n" + text;
    }

    /** The statements of one run of each variant. */
    private static String statements(List<Result> results, Workload workload, String unit) {
        StringBuilder text = new StringBuilder();
        Group.of(results, workload).forEach((group, runs) -> {
            text.append("\n").append(group.title()).append(":\n\n");
            runs.get(0)
                    .sql()
                    .statements()
                    .forEach(statement -> text.append(String.format(
                            Locale.ROOT,
                            "    %7.3f calls/%s %8.1f us/%s %s  %.110s%n",
                            statement.callsPerEvent(),
                            unit,
                            statement.microsPerEvent(),
                            unit,
                            blocks(statement),
                            statement.sql())));
        });
        return text.toString();
    }

    private static String blocks(Result.Statement statement) {
        return statement.blocksPerCall() == null
                ? ""
                : String.format(Locale.ROOT, "%7.1f blocks/call", statement.blocksPerCall());
    }

    static String head(List<String> names) {
        return row(names) + row(names.stream().map(name -> "---").toList());
    }

    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
