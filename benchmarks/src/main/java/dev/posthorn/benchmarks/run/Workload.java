package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the transactions come. */
enum Workload {
    /** As fast as they can, each event with a key of its own. */
    THROUGHPUT(1),
    /** At a given rate, whatever the answers take. */
    LATENCY(1),
    /** As fast as they can, ten with the same key one after the other. */
    ORDER(10),
    /** The same, but all threads have the same key. */
    HOTKEY(10),
    /** All before the relay starts. */
    BACKLOG(1),
    /** None at all. */
    IDLE(1);

    final int inSequence;

    Workload(int inSequence) {
        this.inSequence = inSequence;
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Workload of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
