package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.run.Scenario.Shape;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs that are repetitions of each other; what makes no difference to a variant or a workload is empty. */
record Group(Variant variant, Database database, int nodes, Shape shape, String retention, String linger)
        implements Comparable<Group> {

    static final List<String> HEAD = List.of(
            "variant", "database", "nodes", "threads", "events per tx", "payload", "retention", "linger.ms", "runs");

    private static final Comparator<Group> ORDER = Comparator.<Group, Workload>comparing(
                    group -> group.shape().workload())
            .thenComparing(group -> group.shape().threads())
            .thenComparing(group -> group.shape().perTransaction())
            .thenComparing(group -> group.shape().payload())
            .thenComparing(Group::database)
            .thenComparing(Group::variant)
            .thenComparing(Group::nodes)
            .thenComparing(Group::retention)
            .thenComparing(Group::linger);

    static Map<Group, List<Result>> of(Collection<Result> results, Workload workload) {
        return results.stream()
                .filter(result -> result.workload() == workload)
                .collect(Collectors.groupingBy(Group::of, TreeMap::new, Collectors.toList()));
    }

    private static Group of(Result result) {
        Variant variant = result.variant();
        return new Group(
                variant,
                result.database(),
                result.nodes(),
                result.shape(),
                variant.isPosthorn() ? result.retention() : "",
                variant.relays() ? Integer.toString(result.lingerMillis()) : "");
    }

    /** What a variant that relays nothing did at the same time. */
    Group without(Variant other) {
        return new Group(other, database, nodes, shape, "", "");
    }

    /** The cells below {@link #HEAD}. */
    List<String> cells(int runs) {
        return List.of(
                variant.label(),
                database.label(),
                cell(nodes),
                cell(shape.threads()),
                cell(shape.perTransaction()),
                cell(shape.payload()),
                retention,
                linger,
                Integer.toString(runs));
    }

    private static String cell(int number) {
        return number == 0 ? "" : Integer.toString(number);
    }

    /** For what has no column for the number of nodes. */
    String name() {
        return nodes == 1 ? variant.label() : "%s on %d nodes".formatted(variant.label(), nodes);
    }

    /** For what is not in a table. */
    String title() {
        String title = "%s, %s, %s"
                .formatted(
                        (name() + " " + retention).strip(),
                        database.label(),
                        shape.workload().label());
        return shape.workload() == Workload.IDLE
                ? title
                : title
                        + ", %d threads, %d per transaction, %d bytes"
                                .formatted(shape.threads(), shape.perTransaction(), shape.payload());
    }

    @Override
    public int compareTo(Group other) {
        return ORDER.compare(this, other);
    }
}
