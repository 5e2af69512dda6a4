package dev.posthorn.tck.reliability;

import dev.posthorn.tck.effects.Effects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what handlers have done with what was committed: each event's work is there once, and in the order of its key. */
final class EffectChecker {

    private final Map<String, Committed> ledger = new HashMap<>();
    private final Complaints complaints = new Complaints();

    EffectChecker(Collection<Committed> committed) {
        committed.forEach(each -> ledger.put(each.entry(), each));
    }

    /** Entries of the inbox that will never be finished. */
    EffectChecker stuck(Collection<String> entries) {
        entries.forEach(entry -> complaints.add(Violation.STUCK, "in the inbox: " + entry));
        return this;
    }

    /** The payloads of what is kept as dead. */
    EffectChecker dead(Collection<String> payloads) {
        Set<String> entries = payloads.stream().map(Delivery::entry).collect(Collectors.toSet());
        ledger.values().stream()
                .filter(each -> each.number() == 0 && Effects.isHopeless(each.entry()))
                .filter(each -> !entries.contains(each.entry()))
                .forEach(each -> complaints.add(Violation.NOT_KEPT, each.toString()));
        return this;
    }

    /**
     * To be called once.
     *
     * @param effects in the order in which they were made
     */
    Verdict check(List<Handled> effects) {
        Map<String, List<String>> steps = new HashMap<>();
        Map<String, Handled> last = new HashMap<>();
        effects.forEach(each -> {
            if (ledger.containsKey(each.entry())) {
                List<String> before = steps.computeIfAbsent(each.entry(), any -> new ArrayList<>());
                if (before.isEmpty() && each.number() > 0) {
                    first(each, last);
                }
                before.add(each.step());
            } else {
                complaints.add(Violation.NOT_COMMITTED, "handled: " + each);
            }
        });
        ledger.values().forEach(each -> compare(each, steps.getOrDefault(each.entry(), List.of())));
        return complaints.verdict("%d effects, %d of them at a later attempt, %d made up for"
                .formatted(
                        effects.size(),
                        effects.stream().filter(each -> each.attempt() > 1).count(),
                        effects.stream()
                                .filter(each -> each.step().equals(Effects.FIRST_UNDONE))
                                .count()));
    }

    private void first(Handled effect, Map<String, Handled> last) {
        Handled before = last.get(effect.key());
        if (before == null || before.number() < effect.number()) {
            last.put(effect.key(), effect);
        } else {
            complaints.add(Violation.HANDLED_LATE, effect + " after " + before);
        }
    }

    private void compare(Committed event, List<String> done) {
        List<String> expected = expected(event);
        if (!done.equals(expected)) {
            Set<String> missing = new HashSet<>(expected);
            done.forEach(missing::remove);
            complaints.add(
                    missing.isEmpty() ? Violation.HANDLED_TWICE : Violation.UNHANDLED, event + ": done is " + done);
        }
    }

    private static List<String> expected(Committed event) {
        if (event.number() > 0) {
            return List.of(Effects.COUNTED);
        }
        return List.of(Effects.FIRST, Effects.isHopeless(event.entry()) ? Effects.FIRST_UNDONE : Effects.SECOND);
    }
}
