package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.Events;
import dev.posthorn.benchmarks.load.LoadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a session.
 *
 * @param pass tells its repetitions apart
 */
record Scenario(Setting setting, Cluster cluster, Variant variant, Shape shape, int pass) {

    private static final int STANDARD_THREADS = 8;

    /** Runs with many events per transaction are longer, or they would be over at once. */
    private static final int MOST_TIMES_AS_MANY = 5;

    /** Runs with large events are shorter. A million of the usual ones is not cut short. */
    private static final int MOST_BYTES = 600_000_000;

    private static final int MOST_BYTES_OF_PRELUDE = 20_000_000;

    /** How the servers are configured; another one needs other servers. */
    record Setting(Duration retention, int lingerMillis) {}

    /** What is asked of every variant; numbers that mean nothing to a workload are 0. */
    record Shape(Workload workload, int threads, int perTransaction, int payload) {}

    static List<Setting> settings(Options options) {
        List<Setting> settings = new ArrayList<>();
        for (Duration retention : options.retentions()) {
            options.lingers().forEach(linger -> settings.add(new Setting(retention, linger)));
        }
        return settings;
    }

    /** In the order in which they are made: what is compared comes one right after the other. */
    static List<Scenario> all(Options options, Setting setting) {
        List<Scenario> scenarios = new ArrayList<>();
        for (int pass = 1; pass <= options.passes(); pass++) {
            for (Shape shape : shapes(options)) {
                for (Variant variant : options.variants()) {
                    if (isFor(shape.workload(), variant)) {
                        for (Cluster cluster : options.clusters(variant)) {
                            scenarios.add(new Scenario(setting, cluster, variant, shape, pass));
                        }
                    }
                }
            }
        }
        return scenarios;
    }

    private static boolean isFor(Workload workload, Variant variant) {
        return switch (workload) {
            case THROUGHPUT, LATENCY -> true;
            case BACKLOG, IDLE -> variant.catchesUp();
            case ORDER, HOTKEY -> variant.relays();
        };
    }

    private static List<Shape> shapes(Options options) {
        List<Shape> shapes = new ArrayList<>();
        for (Workload workload : options.workloads()) {
            for (int threads : threads(workload, options)) {
                for (int perTransaction : perTransaction(workload, options)) {
                    for (int payload : workload == Workload.IDLE ? List.of(0) : options.payloads()) {
                        shapes.add(new Shape(workload, threads, perTransaction, payload));
                    }
                }
            }
        }
        return shapes;
    }

    private static List<Integer> threads(Workload workload, Options options) {
        return switch (workload) {
            case THROUGHPUT, ORDER, HOTKEY -> options.threads();
            case LATENCY, BACKLOG -> List.of(STANDARD_THREADS);
            case IDLE -> List.of(0);
        };
    }

    /** A backlog gathers faster with several, and nobody looks at how. */
    private static List<Integer> perTransaction(Workload workload, Options options) {
        return switch (workload) {
            case THROUGHPUT -> options.perTransaction();
            case LATENCY, ORDER, HOTKEY -> List.of(1);
            case BACKLOG -> List.of(10);
            case IDLE -> List.of(0);
        };
    }

    LoadRequest load(Options options, int run) {
        return new LoadRequest(
                variant.request(),
                run,
                new Events(
                        count(options),
                        shape.perTransaction(),
                        shape.workload().inSequence,
                        shape.workload() == Workload.HOTKEY,
                        shape.payload()),
                shape.threads(),
                shape.workload() == Workload.LATENCY ? options.rate() : 0);
    }

    private int count(Options options) {
        return bounded(
                switch (shape.workload()) {
                    case LATENCY -> options.rate() * options.seconds();
                    case BACKLOG -> options.backlog();
                    default -> options.orders() * Math.min(shape.perTransaction(), MOST_TIMES_AS_MANY);
                },
                MOST_BYTES);
    }

    private int bounded(int wanted, int mostBytes) {
        int unit = 10 * shape.perTransaction();
        return Math.max(unit, Math.min(wanted, mostBytes / shape.payload()) / unit * unit);
    }

    /** Few transactions of the same kind for each node, for threads and connections to be there, and what is special about them to be compiled. */
    LoadRequest prelude(int run) {
        int transactions = cluster.nodes() * Math.max(500, shape.threads() * 30);
        Events events = new Events(
                bounded(transactions * Math.min(shape.perTransaction(), MOST_TIMES_AS_MANY), MOST_BYTES_OF_PRELUDE),
                shape.perTransaction(),
                shape.workload().inSequence,
                shape.workload() == Workload.HOTKEY,
                shape.payload());
        return new LoadRequest(variant.request(), run, events, shape.threads(), 0);
    }

    String name() {
        return "%s-%s-%dnodes-%s-%dthreads-%dper-%dbytes-%s-linger%d-%d"
                .formatted(
                        variant.label(),
                        cluster.database().label(),
                        cluster.nodes(),
                        shape.workload().label(),
                        shape.threads(),
                        shape.perTransaction(),
                        shape.payload(),
                        setting.retention(),
                        setting.lingerMillis(),
                        pass);
    }
}
