package dev.posthorn.tck.reliability;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a checker has found.
 *
 * @param figures what it has looked at, and what is allowed and was counted
 * @param violations how many promises were broken, by kind
 * @param examples some of them, in words
 */
record Verdict(String figures, Map<Violation, Integer> violations, List<String> examples) {

    boolean isClean() {
        return violations.isEmpty();
    }

    Verdict and(Verdict other) {
        Map<Violation, Integer> all = new EnumMap<>(Violation.class);
        all.putAll(violations);
        other.violations.forEach((violation, count) -> all.merge(violation, count, Integer::sum));
        List<String> allExamples = new ArrayList<>(examples);
        allExamples.addAll(other.examples);
        String allFigures = Stream.of(figures, other.figures)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        return new Verdict(allFigures, all, allExamples);
    }

    @Override
    public String toString() {
        return "%s; violations %s%s"
                .formatted(
                        figures,
                        isClean() ? "none" : violations,
                        examples.isEmpty() ? "" : "\n  " + String.join("\n  ", examples));
    }
}
