package dev.posthorn.tck.reliability;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The violations that were found: how many of each kind, and the first ones in words. */
final class Complaints {

    private static final int EXAMPLES = 5;

    private final Map<Violation, Integer> violations = new EnumMap<>(Violation.class);
    private final List<String> examples = new ArrayList<>();

    void add(Violation violation, String what) {
        if (violations.merge(violation, 1, Integer::sum) <= EXAMPLES) {
            examples.add(violation + ": " + what);
        }
    }

    Verdict verdict(String figures) {
        return new Verdict(figures, violations, examples);
    }
}
