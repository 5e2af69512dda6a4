package dev.posthorn.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Results of receiving as Markdown. */
final class ReceivingReport {

    private record Column(String name, ToDoubleFunction<ReceivingResult> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("events/s", ReceivingResult::eventsPerSecond),
            new Column("SQL", result -> result.sql().business() + result.sql().background()),
            new Column("WAL bytes", ReceivingResult::walBytesPerEvent),
            new Column("CPU µs application", result -> result.processor().application()),
            new Column("of it JIT", result -> result.processor().compiler()),
            new Column("CPU µs database", result -> result.processor().database()),
            new Column("CPU µs Kafka", result -> result.processor().kafka()),
            new Column("others %", ReceivingResult::othersPercent),
            new Column("steal %", ReceivingResult::stealPercent));

    private ReceivingReport() {}

    static String of(List<ReceivingResult> results) {
        Map<ReceivingVariant, List<ReceivingResult>> groups = results.stream()
                .collect(Collectors.groupingBy(ReceivingResult::variant, TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder("### Receiving\n\n");
        List<String> head = new ArrayList<>(List.of("variant", "runs"));
        COLUMNS.forEach(column -> head.add(column.name()));
        text.append(Report.head(head));
        groups.forEach((variant, runs) -> text.append(row(variant, runs)));
        text.append("\n### Statements\n");
        groups.forEach((variant, runs) -> text.append(statements(variant, runs.get(runs.size() - 1))));
        return text.toString();
    }

    private static String row(ReceivingVariant variant, List<ReceivingResult> runs) {
        List<String> cells = new ArrayList<>(List.of(variant.label(), Integer.toString(runs.size())));
        COLUMNS.forEach(column -> cells.add(Median.of(runs, column.value()).cell()));
        return Report.row(cells);
    }

    private static String statements(ReceivingVariant variant, ReceivingResult run) {
        StringBuilder text = new StringBuilder("\n" + variant.label() + ":\n\n");
        run.sql()
                .statements()
                .forEach(statement -> text.append(String.format(
                        Locale.ROOT,
                        "    %7.3f calls/event %8.1f us/event %7.1f blocks/call  %.150s%n",
                        statement.callsPerEvent(),
                        statement.microsPerEvent(),
                        statement.blocksPerCall(),
                        statement.sql())));
        return text.toString();
    }

    /** One run, for the eye of who waits. */
    static String line(ReceivingResult result) {
        return String.format(
                Locale.ROOT,
                "%-22s #%d: %6.0f events/s, SQL %.2f, WAL %.0f, CPU %.0f (JIT %.0f) + %.0f + %.0f us, others %.0f %%, steal %.0f %%%s",
                result.variant().label(),
                result.pass(),
                result.eventsPerSecond(),
                result.sql().business() + result.sql().background(),
                result.walBytesPerEvent(),
                result.processor().application(),
                result.processor().compiler(),
                result.processor().database(),
                result.processor().kafka(),
                result.othersPercent(),
                result.stealPercent(),
                result.problem().isEmpty() ? "" : " WRONG");
    }
}
