package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one run. */
record Report(long seed, Duration faultsFor, Map<Fault, Integer> faults, Load load, Duration drained, Verdict verdict) {

    /** What the writers were answered. */
    record Load(int committed, int refused, int unanswered) {}

    @Override
    public String toString() {
        int count = faults.values().stream().mapToInt(Integer::intValue).sum();
        String kinds = faults.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return """
                FAULTS seed %d, %d faults in %d s (%s)
                FAULTS transactions: %d confirmed, %d refused or rolled back, %d without an answer
                FAULTS everything delivered and marked %.1f s after the last fault
                FAULTS %s"""
                .formatted(
                        seed,
                        count,
                        faultsFor.toSeconds(),
                        kinds,
                        load.committed(),
                        load.refused(),
                        load.unanswered(),
                        drained.toMillis() / 1000.0,
                        verdict);
    }
}
