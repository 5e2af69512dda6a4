package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a session.
 *
 * @param pass tells its repetitions apart
 */
record Scenario(Setting setting, Variant variant, Workload workload, int threads, int pass) {

    private static final int THREADS_OF_LATENCY = 8;

    /** How the servers are configured; another one needs other servers. */
    record Setting(Duration retention, int lingerMillis) {}

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
            for (Workload workload : options.workloads()) {
                for (int threads : workload == Workload.LATENCY ? List.of(THREADS_OF_LATENCY) : options.threads()) {
                    for (Variant variant : options.variants()) {
                        if (variant.relays || workload == Workload.THROUGHPUT) {
                            scenarios.add(new Scenario(setting, variant, workload, threads, pass));
                        }
                    }
                }
            }
        }
        return scenarios;
    }

    LoadRequest load(Options options, int run) {
        boolean open = workload == Workload.LATENCY;
        return new LoadRequest(
                variant.label(),
                run,
                open ? options.rate() * options.seconds() : options.orders() / 10 * 10,
                threads,
                open ? options.rate() : 0,
                workload.ordersPerKey);
    }

    /** Few transactions of the same kind, for threads and connections to be there. */
    LoadRequest prelude(int run) {
        return new LoadRequest(variant.label(), run, Math.max(500, threads * 30), threads, 0, 1);
    }

    String name() {
        return "%s-%s-%dthreads-%s-linger%d-%d"
                .formatted(
                        variant.label(), workload.label(), threads, setting.retention(), setting.lingerMillis(), pass);
    }
}
