package dev.posthorn.benchmarks.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session that receives is to do.
 *
 * @param passes how often each variant is measured
 * @param events of a run
 * @param keys how many keys they have
 * @param warmUp events of each variant before the first run
 * @param parallelism {@code posthorn.inbox.parallelism}
 * @param inFlight {@code posthorn.inbox.in-flight.max-events}
 * @param quiet see {@link Options}
 * @param profile see {@link Options}
 * @param data see {@link Options}
 */
record ReceivingOptions(
        List<ReceivingVariant> variants,
        int passes,
        int events,
        int keys,
        int warmUp,
        int parallelism,
        int inFlight,
        int quiet,
        String profile,
        Path data) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "variants", "posthorn-trivial,incoming-trivial,posthorn-row,incoming-row,incoming-row-unordered",
            "passes", "3",
            "events", "20000",
            "keys", "2000",
            "warm-up", "20000",
            "parallelism", "8",
            "in-flight", "128",
            "quiet", "0",
            "profile", "",
            "data", "/var/tmp");

    static ReceivingOptions of(List<String> arguments) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        arguments.forEach(argument -> Options.set(values, argument));
        return new ReceivingOptions(
                Options.list(values, "variants", ReceivingVariant::of),
                Options.number(values, "passes"),
                Options.number(values, "events"),
                Options.number(values, "keys"),
                Options.number(values, "warm-up"),
                Options.number(values, "parallelism"),
                Options.number(values, "in-flight"),
                Options.number(values, "quiet"),
                values.get("profile"),
                Options.directory(values));
    }
}
