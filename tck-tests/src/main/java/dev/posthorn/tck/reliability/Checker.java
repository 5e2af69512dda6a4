package dev.posthorn.tck.reliability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was received with what was committed. */
final class Checker {

    private static final int EXAMPLES = 5;

    private final Map<String, Committed> ledger = new HashMap<>();
    private final Map<Violation, Integer> violations = new EnumMap<>(Violation.class);
    private final List<String> examples = new ArrayList<>();

    Checker(Collection<Committed> committed) {
        Map<String, Long> numbers = new HashMap<>();
        committed.forEach(each -> {
            ledger.put(each.entry(), each);
            if (each.number() > 0) {
                numbers.merge(each.key(), 1L, Long::sum);
            }
        });
        committed.stream()
                .filter(each -> each.number() > numbers.getOrDefault(each.key(), 0L))
                .forEach(each -> found(Violation.LEDGER, "a number before this one is missing: " + each));
    }

    /** Writes that were confirmed to a client: the ids of their entries begin so, up to a colon. */
    Checker confirmed(Set<String> writes) {
        Set<String> missing = new HashSet<>(writes);
        ledger.keySet().forEach(entry -> missing.remove(entry.substring(0, entry.indexOf(':'))));
        missing.forEach(write -> found(Violation.LEDGER, "confirmed but not committed: " + write));
        return this;
    }

    /** Rows that will never be finished. */
    Checker stuck(Collection<String> rows) {
        rows.forEach(row -> found(Violation.STUCK, row));
        return this;
    }

    /**
     * To be called once.
     *
     * @param deliveries each key's in their order
     * @param quietUntil before this moment nothing was done to anybody
     */
    Verdict check(List<Delivery> deliveries, Instant quietUntil) {
        Map<String, String> ids = new HashMap<>();
        Map<String, Delivery> last = new HashMap<>();
        int duplicates = 0;
        for (Delivery each : deliveries) {
            String id = ids.putIfAbsent(each.entry(), each.id());
            if (id == null) {
                first(each, last);
            } else if (id.equals(each.id())) {
                duplicates++;
                again(each, quietUntil);
            } else {
                found(Violation.TWO_IDS, each + ", also known as " + id);
            }
        }
        ledger.values().stream()
                .filter(each -> !ids.containsKey(each.entry()))
                .forEach(each -> found(Violation.LOST, each.toString()));
        return new Verdict(ledger.size(), deliveries.size(), duplicates, violations, examples);
    }

    private void first(Delivery delivery, Map<String, Delivery> last) {
        if (!ledger.containsKey(delivery.entry())) {
            found(Violation.NOT_COMMITTED, delivery.toString());
        } else if (delivery.number() > 0) {
            Delivery before = last.get(delivery.key());
            if (before == null || before.number() < delivery.number()) {
                last.put(delivery.key(), delivery);
            } else {
                found(Violation.OVERTAKEN, delivery + " by " + before);
            }
        }
    }

    private void again(Delivery delivery, Instant quietUntil) {
        if (delivery.sentAt().isBefore(quietUntil)) {
            found(Violation.NEEDLESS_DUPLICATE, delivery.toString());
        }
    }

    private void found(Violation violation, String what) {
        if (violations.merge(violation, 1, Integer::sum) <= EXAMPLES) {
            examples.add(violation + ": " + what);
        }
    }
}
