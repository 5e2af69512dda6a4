package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down what becomes of every event, and objects as soon as a promise is broken. */
final class Ledger {

    private final Scenario scenario;
    private final Map<UUID, Fate> fates = new LinkedHashMap<>();
    private final Map<String, List<Fate>> lanes = new HashMap<>();
    private final Map<String, Long> acknowledgements = new HashMap<>();
    private @Nullable Violation violation;
    private long moment;

    Ledger(Scenario scenario) {
        this.scenario = scenario;
    }

    /** A new moment, later than all before. */
    long moment() {
        return ++moment;
    }

    Fate of(EventEnvelope event) {
        return of(event.id());
    }

    Fate of(UUID id) {
        return requireNonNull(fates.get(id), "an event of this run");
    }

    Collection<Fate> all() {
        return fates.values();
    }

    void enter(Fate fate) {
        fates.put(fate.event.id(), fate);
        if (fate.isInLane()) {
            lanes.computeIfAbsent(lane(fate), lane -> new ArrayList<>()).add(fate);
        }
    }

    private static String lane(Fate fate) {
        return fate.event.channel() + "/" + fate.event.key();
    }

    long acknowledgements(String channel) {
        return acknowledgements.getOrDefault(channel, 0L);
    }

    void sent(Fate fate) {
        fate.sends++;
        fate.acknowledgedBefore = Math.min(fate.acknowledgedBefore, acknowledgements(fate.event.channel()));
        require(!fate.rolledBack, "%s was sent although its transaction rolled back", fate);
        require(fate.isVisible() || fate.reportedCommitted, "%s was sent before its transaction committed", fate);
        require(!scenario.isCalm() || fate.sends == 1, "%s was sent twice although nothing had gone wrong", fate);
    }

    void delivered(Fate fate) {
        fate.deliveries++;
        if (fate.deliveries > 1) {
            return;
        }
        if (fate.isInLane()) {
            requireOrder(fate);
        }
    }

    private void requireOrder(Fate fate) {
        for (Fate other : lanes.getOrDefault(lane(fate), List.of())) {
            require(
                    other.deliveries > 0 || !other.mustComeBefore(fate),
                    "%s of key %s overtook %s",
                    fate,
                    fate.event.key(),
                    other);
        }
    }

    void acknowledged(Fate fate) {
        require(fate.deliveries > 0, "The simulated broker acknowledged %s without having it", fate);
        fate.acknowledged = true;
        acknowledgements.merge(fate.event.channel(), 1L, Long::sum);
    }

    void marked(Fate fate) {
        require(fate.acknowledged, "%s was marked as delivered, but has never been acknowledged", fate);
    }

    /** The owner has given up on an event. */
    void died(Row row) {
        row.fate.deaths++;
    }

    void shelved(Row row) {
        row.fate.shelvings++;
    }

    /** The retrier is about to give up; what is sent from now on belongs to the next judgement. */
    void givenUp(Fate fate) {
        fate.acknowledgedBeforeJudged = Math.min(fate.acknowledgedBeforeJudged, fate.acknowledgedBefore);
        fate.acknowledgedBefore = Fate.NEVER;
    }

    void counted(Fate fate) {
        require(
                acknowledgements(fate.event.channel()) > fate.acknowledgedBeforeJudged,
                "A failure was counted against %s although nothing else had been acknowledged since its send",
                fate);
        require(
                !scenario.hasOnlyOneBrokerOutage(),
                "A failure was counted against %s although only the broker was away",
                fate);
        fate.acknowledgedBeforeJudged = Fate.NEVER;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void require(boolean promise, String message, @Nullable Object... arguments) {
        if (!promise) {
            violated(String.format(message, arguments));
        }
    }

    void violated(String message) {
        if (violation == null) {
            violation = new Violation(message);
        }
        throw violation;
    }

    /** What is thrown inside the callback of a stage is lost; nothing is lost here. */
    void throwIfViolated() {
        if (violation != null) {
            throw violation;
        }
    }
}
