package dev.posthorn.inbox;

import dev.posthorn.simulation.Violation;
import dev.posthorn.spi.InboxId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what becomes of every event, and objects as soon as a promise is broken. */
final class Ledger {

    private final Scenario scenario;
    private final SimulatedStore store;
    private final List<Fate> fates = new ArrayList<>();
    private final Map<String, Fate> byName = new HashMap<>();
    private @Nullable Violation violation;

    Ledger(Scenario scenario, SimulatedStore store) {
        this.scenario = scenario;
        this.store = store;
    }

    List<Fate> all() {
        return fates;
    }

    void enter(Fate fate) {
        fates.add(fate);
        byName.put(fate.name, fate);
    }

    Fate of(String name) {
        Fate fate = byName.get(name);
        if (fate == null) {
            throw new IllegalStateException("no event of this run: " + name);
        }
        return fate;
    }

    /** Whose id this is: that of the event itself, or of one of its messages. */
    Fate ofMessage(String id) {
        return of(id.contains("@") ? id.substring(0, id.indexOf('@')) : id);
    }

    Fate of(InboxId id) {
        return ofMessage(id.id());
    }

    // --- effects

    void committed(Effect effect) {
        if (effect.makesUp()) {
            madeUpFor(effect.fate(), effect.handler());
        } else {
            done(effect.fate(), effect.handler());
        }
    }

    private void done(Fate fate, String handler) {
        require(!fate.done.contains(handler), "%s was done twice by %s", fate, handler);
        require(!fate.isDiscarded, "%s was done by %s after it was discarded", fate, handler);
        require(!fate.isMadeUpFor, "%s was done by %s after it was made up for", fate, handler);
        require(
                fate.kind.handlers().indexOf(handler) == fate.done.size(),
                "%s was done by %s when it was not its turn",
                fate,
                handler);
        fate.done.add(handler);
        fate.failures = 0;
        requireOrder(fate);
    }

    private void requireOrder(Fate fate) {
        if (fate.isOperated || !fate.isInLane() || scenario.queues()) {
            return;
        }
        for (Fate other : fates) {
            require(
                    other.number >= fate.number || !fate.isOfSameLane(other) || isEnded(other),
                    "%s overtook %s",
                    fate,
                    other);
        }
    }

    private boolean isEnded(Fate fate) {
        return fate.isOperated
                || fate.isRefused
                || fate.outside == Fate.Outside.SKIPS
                || !fate.kind.handled()
                || (fate.isComplete() && !fate.isMadeUpFor)
                || store.rowsOf(fate).anyMatch(row -> row.isVisible() && !row.state.isUnfinished());
    }

    private void madeUpFor(Fate fate, String handler) {
        require(fate.kind.separately(), "%s was made up for", fate);
        require(
                !fate.done.isEmpty() && fate.done.get(fate.done.size() - 1).equals(handler),
                "%s was made up for by %s, which is not the last one that has done it",
                fate,
                handler);
        require(
                fate.mostCountedEver() >= scenario.maxAttempts(),
                "%s was made up for by %s although it has failed only %d times",
                fate,
                handler,
                fate.allFailures);
        fate.done.remove(handler);
        fate.isMadeUpFor = true;
        fate.failures = 0;
    }

    // --- answers

    void acknowledged(Fate fate) {
        boolean isKept = store.rowsOf(fate).anyMatch(Row::isVisible);
        require(
                isKept || fate.outside == Fate.Outside.SKIPS || !fate.kind.handled(),
                "%s was acknowledged, and is neither handled nor kept",
                fate);
        fate.isAcknowledged = true;
    }

    void refused(Fate fate) {
        require(
                !fate.kind.handled()
                        || fate.isLost
                        || (fate.whenExhausted == dev.posthorn.EventMiddleware.WhenExhausted.REFUSE
                                && fate.mostCountedEver() >= scenario.maxAttempts()),
                "%s was refused",
                fate);
        fate.isRefused = true;
    }

    /** Middleware outside the transaction was told of success. */
    void succeeded(Fate fate, boolean handlersWereCalled) {
        require(handlersWereCalled, "%s is said to be handled, and no handler was called", fate);
    }

    // --- failures

    /** An attempt has really failed, after a handler was called. */
    void failed(Fate fate, boolean toMakeUp) {
        fate.failures++;
        fate.allFailures++;
        fate.failuresToMakeUp += toMakeUp ? 1 : 0;
        require(
                !scenario.countsExactly()
                        || fate.isRefused
                        || fate.kind.separately()
                        || fate.allFailures <= scenario.maxAttempts(),
                "%s was tried more often than %d times",
                fate,
                scenario.maxAttempts());
    }

    void counted(Fate fate, int attempts) {
        require(
                attempts <= fate.mostCounted(),
                "%s is said to have failed %d times, and has failed %d times",
                fate,
                attempts,
                fate.failures);
    }

    void died(Fate fate, int attempts) {
        require(
                fate.mayBeGivenUp() || fate.isMadeUpFor || attempts >= scenario.maxAttempts(),
                "%s is dead after only %d attempts",
                fate,
                attempts);
        require(
                fate.mayBeGivenUp() || fate.mostCountedEver() >= scenario.maxAttempts(),
                "%s is dead and has failed only %d times",
                fate,
                fate.allFailures);
    }

    // --- objections

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

    boolean isViolated() {
        return violation != null;
    }

    /** The engine catches whatever handlers throw; nothing is lost here. */
    void throwIfViolated() {
        if (violation != null) {
            throw violation;
        }
    }
}
