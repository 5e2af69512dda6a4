package dev.posthorn.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a session is to do.
 *
 * @param databases each once
 * @param nodes how many processes those variants run on that can run on several, each number once
 * @param passes how often each run is made on each server
 * @param orders events of a run as fast as they can; up to five times as many where a transaction has several
 * @param backlog events that wait until the relay starts
 * @param rate transactions per second in an open loop, for {@code seconds}
 * @param warmUp transactions of each variant on each node before the first run on a server
 * @param warmUps in how many parts, with a rest after each in which what has become hot is compiled
 * @param quiet how many seconds to wait at most before each run for others to leave the machine alone
 * @param profile what to profile the server for: an event of async-profiler, such as cpu, alloc, lock or wall, or jfr; empty: nothing
 * @param data a new directory for databases and topics, deleted at the end; it should not be in memory
 */
record Options(
        List<Variant> variants,
        List<Workload> workloads,
        List<Database> databases,
        List<Integer> nodes,
        List<Integer> threads,
        List<Duration> retentions,
        List<Integer> lingers,
        List<Integer> perTransaction,
        List<Integer> payloads,
        int passes,
        int orders,
        int backlog,
        int rate,
        int seconds,
        int warmUp,
        int warmUps,
        int quiet,
        String profile,
        Path data) {

    Options {
        for (Variant variant : variants) {
            if (databases.stream().noneMatch(variant::runsOn)) {
                throw new IllegalArgumentException("'%s' runs on %s alone: add it to --databases"
                        .formatted(variant.label(), Database.POSTGRESQL.label()));
            }
        }
    }

    /** Some two minutes on a machine that has nothing else to do. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("variants", "with,without,direct,inserts"),
            Map.entry("servers", "payara"),
            Map.entry("workloads", "throughput,latency,order"),
            Map.entry("databases", "postgresql"),
            Map.entry("nodes", "1"),
            Map.entry("threads", "8"),
            Map.entry("retention", "PT24H,PT0S"),
            Map.entry("linger", "0"),
            Map.entry("per-transaction", "1"),
            Map.entry("payload", "500"),
            Map.entry("passes", "2"),
            Map.entry("orders", "4000"),
            Map.entry("backlog", "20000"),
            Map.entry("rate", "200"),
            Map.entry("seconds", "4"),
            Map.entry("warm-up", "4000"),
            Map.entry("warm-ups", "5"),
            Map.entry("quiet", "0"),
            Map.entry("profile", ""),
            Map.entry("data", "/var/tmp"));

    /** What the full form has instead. */
    private static final Map<String, String> FULL = Map.of(
            "threads", "1,8,32",
            "linger", "0,5",
            "passes", "3",
            "orders", "10000",
            "backlog", "100000",
            "seconds", "10",
            "warm-up", "20000",
            "quiet", "10");

    /** All that Posthorn is compared with, as fast as it can. */
    private static final Map<String, String> PEERS = Map.of(
            "variants", "with,without,send,direct,poller,inserts,kafka,gruelbox,modulith,namastack,debezium,jms-xa",
            "workloads", "throughput",
            "retention", "PT0S",
            "passes", "3",
            "quiet", "10");

    /** For a build: what {@link Limits} look at, and no more. */
    private static final Map<String, String> CHECK = Map.of(
            "variants", "with,without,direct",
            "workloads", "throughput,hotkey,idle",
            "retention", "PT0S",
            "per-transaction", "1,10",
            "passes", "1",
            "orders", "1000",
            "seconds", "9",
            "warm-up", "2000",
            "warm-ups", "1");

    static Options of(List<String> arguments) {
        Map<String, String> values = new TreeMap<>(SHORT);
        for (String argument : arguments) {
            switch (argument) {
                case "short" -> {}
                case "full" -> values.putAll(FULL);
                case "peers" -> values.putAll(PEERS);
                case "check" -> values.putAll(CHECK);
                default -> set(values, argument);
            }
        }
        return new Options(
                variants(values),
                list(values, "workloads", Workload::of),
                list(values, "databases", Database::of),
                list(values, "nodes", Integer::valueOf),
                list(values, "threads", Integer::valueOf),
                list(values, "retention", Duration::parse),
                list(values, "linger", Integer::valueOf),
                list(values, "per-transaction", Integer::valueOf),
                list(values, "payload", Integer::valueOf),
                number(values, "passes"),
                number(values, "orders"),
                number(values, "backlog"),
                number(values, "rate"),
                number(values, "seconds"),
                number(values, "warm-up"),
                number(values, "warm-ups"),
                number(values, "quiet"),
                values.get("profile"),
                directory(values));
    }

    private static List<Variant> variants(Map<String, String> values) {
        List<Host> servers = list(values, "servers", Host::of);
        return list(values, "variants", Variant::of).stream()
                .flatMap(variant -> variant.on(servers))
                .toList();
    }

    /** What runs a variant: on each of the databases that it runs on. */
    List<Cluster> clusters(Variant variant) {
        return databases.stream()
                .filter(variant::runsOn)
                .flatMap(database -> nodes(variant).stream().map(count -> new Cluster(variant.host, database, count)))
                .toList();
    }

    private List<Integer> nodes(Variant variant) {
        return variant.runsOnSeveralNodes() ? nodes : List.of(1);
    }

    static Path directory(Map<String, String> values) {
        return Path.of(
                values.get("data"),
                "posthorn-benchmarks-" + ProcessHandle.current().pid());
    }

    static void set(Map<String, String> values, String argument) {
        String[] option = argument.replaceFirst("^--", "").split("=", 2);
        if (option.length < 2 || !values.containsKey(option[0])) {
            throw new IllegalArgumentException(
                    "Unknown: " + argument + ". There are --option=value for " + values.keySet());
        }
        values.put(option[0], option[1]);
    }

    static <T> List<T> list(Map<String, String> values, String name, Function<String, T> parse) {
        return Arrays.stream(values.get(name).split(",")).map(parse).toList();
    }

    static int number(Map<String, String> values, String name) {
        return Integer.parseInt(values.get(name));
    }
}
