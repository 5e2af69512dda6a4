package dev.posthorn.tck.reliability;

import java.util.List;
import java.util.Map;

/**
 * What the checker has found.
 *
 * @param duplicates deliveries that were not the first of their event: allowed, and counted
 * @param violations how many promises were broken, by kind
 * @param examples some of them, in words
 */
record Verdict(int events, int deliveries, int duplicates, Map<Violation, Integer> violations, List<String> examples) {

    boolean isClean() {
        return violations.isEmpty();
    }

    @Override
    public String toString() {
        return "%d events, %d deliveries, %d of them duplicates, violations %s%s"
                .formatted(
                        events,
                        deliveries,
                        duplicates,
                        isClean() ? "none" : violations,
                        examples.isEmpty() ? "" : "\n  " + String.join("\n  ", examples));
    }
}
