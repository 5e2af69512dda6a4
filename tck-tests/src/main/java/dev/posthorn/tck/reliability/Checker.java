package dev.posthorn.tck.reliability;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was received with what was committed. */
final class Checker {

    private final Map<String, Committed> ledger = new HashMap<>();
    private final Complaints complaints = new Complaints();

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
                .forEach(each -> complaints.add(Violation.LEDGER, "a number before this one is missing: " + each));
    }

    /** Writes that were confirmed to a client: the ids of their entries begin so, up to a colon. */
    Checker confirmed(Set<String> writes) {
        Set<String> missing = new HashSet<>(writes);
        ledger.keySet().forEach(entry -> missing.remove(entry.substring(0, entry.indexOf(':'))));
        missing.forEach(write -> complaints.add(Violation.LEDGER, "confirmed but not committed: " + write));
        return this;
    }

    /** Rows that will never be finished. */
    Checker stuck(Collection<String> rows) {
        rows.forEach(row -> complaints.add(Violation.STUCK, row));
        return this;
    }

    /**
     * To be called once.
     *
     * @param deliveries each key's in their order
     * @param incidents what was done to anybody
     */
    Verdict check(List<Delivery> deliveries, Incidents incidents) {
        Map<String, Delivery> firsts = new HashMap<>();
        Map<String, Delivery> last = new HashMap<>();
        int duplicates = 0;
        for (Delivery each : deliveries) {
            Delivery first = firsts.putIfAbsent(each.entry(), each);
            if (first == null) {
                first(each, last);
            } else if (first.id().equals(each.id())) {
                duplicates++;
                again(first, each, incidents);
            } else {
                complaints.add(Violation.TWO_IDS, each + ", also known as " + first.id());
            }
        }
        ledger.values().stream()
                .filter(each -> !firsts.containsKey(each.entry()))
                .forEach(each -> complaints.add(Violation.LOST, each.toString()));
        return complaints.verdict("%d events, %d deliveries, %d of them duplicates"
                .formatted(ledger.size(), deliveries.size(), duplicates));
    }

    private void first(Delivery delivery, Map<String, Delivery> last) {
        if (!ledger.containsKey(delivery.entry())) {
            complaints.add(Violation.NOT_COMMITTED, delivery.toString());
        } else if (delivery.number() > 0) {
            Delivery before = last.get(delivery.key());
            if (before == null || before.number() < delivery.number()) {
                last.put(delivery.key(), delivery);
            } else {
                complaints.add(Violation.OVERTAKEN, delivery + " by " + before);
            }
        }
    }

    /** What was sent first may arrive last. */
    private void again(Delivery first, Delivery again, Incidents incidents) {
        boolean isInOrder = first.sentAt().isBefore(again.sentAt());
        Instant sent = isInOrder ? first.sentAt() : again.sentAt();
        Instant sentAgain = isInOrder ? again.sentAt() : first.sentAt();
        if (!incidents.explain(first.key(), sent, sentAgain)) {
            complaints.add(Violation.NEEDLESS_DUPLICATE, again + ", first sent at " + first.sentAt());
        }
    }
}
