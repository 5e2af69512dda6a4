package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the transactions come. */
enum Workload {
    /** As fast as they can, each with a key of its own. */
    THROUGHPUT(1),
    /** At a given rate, whatever the answers take. */
    LATENCY(1),
    /** As fast as they can, ten with the same key one after the other. */
    ORDER(10);

    final int ordersPerKey;

    Workload(int ordersPerKey) {
        this.ordersPerKey = ordersPerKey;
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Workload of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
