package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.simulation.Violation;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
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

    private static final int MOST_STATEMENTS = 100_000;

    private final World world;
    private final Scenario scenario;
    private final Map<UUID, Fate> fates = new LinkedHashMap<>();
    private final Map<Long, Fate> numbered = new HashMap<>();
    private final Map<String, List<Fate>> lanes = new HashMap<>();
    private @Nullable Violation violation;
    private long moment;
    private int statements;

    Ledger(World world, Scenario scenario) {
        this.world = world;
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

    /** The one that the store has given this number. */
    Fate of(long number) {
        Fate fate = numbered.get(number);
        require(fate != null, "The store has given no event the number %d", number);
        return requireNonNull(fate);
    }

    /** The store has given it a number. */
    void numbered(Fate fate, long number) {
        fate.seq = number;
        numbered.put(number, fate);
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

    // --- on the way to the broker

    void sent(Life life, Fate fate) {
        fate.sends++;
        fate.sentLast = moment();
        fate.trialOf(life)
                .begins(
                        life.acknowledgements(fate.event.channel()),
                        life.acknowledgementsLike(fate.event),
                        world.topics().takesNothing(fate.event.topic()));
        require(!fate.rolledBack, "%s was sent although its transaction rolled back", fate);
        require(fate.isVisible() || fate.reportedCommitted, "%s was sent before its transaction committed", fate);
        require(!scenario.isCalm() || fate.sends == 1, "%s was sent twice although nothing had gone wrong", fate);
    }

    void delivered(Fate fate) {
        fate.deliveries++;
        if (fate.deliveries == 1 && fate.isInLane() && scenario.keepsOrder()) {
            requireOrder(fate);
        }
        require(
                fate.deliveries == 1 || fate.isOperated || !(scenario.isClean() || scenario.hasOnlyOneBrokerOutage()),
                "%s was delivered twice although only events could not be sent, or the broker was away",
                fate);
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

    void acknowledged(Life life, Fate fate) {
        require(fate.deliveries > 0, "The simulated broker acknowledged %s without having it", fate);
        fate.acknowledged = true;
        life.seesAcknowledgement(fate.event);
    }

    void failed(Life life, Fate fate, Failure meaning) {
        Trial trial = fate.trialOf(life);
        trial.isToBlame |= meaning == Failure.EVENT;
        trial.isHopeless |= meaning == Failure.HOPELESS;
        if (meaning == Failure.DESTINATION_OR_BROKER || meaning == Failure.DESTINATION || meaning == Failure.BROKER) {
            trial.isExcused();
        }
    }

    // --- in the table

    void marked(Fate fate) {
        require(fate.acknowledged, "%s was marked as delivered, but has never been acknowledged", fate);
    }

    void reported(Fate fate) {
        fate.reportedCommitted = true;
        fate.reportedAt = moment();
    }

    /** A node is about to write down a failure; perhaps once more, if the store has not answered. */
    void counted(Life life, Fate fate, int attempts) {
        Trial trial = fate.trialOf(life);
        if (attempts == trial.counted || attempts == fate.attempts) {
            // It is written down once more.
            return;
        }
        require(
                !isStillOutstanding(life, fate),
                "A failure was counted against %s although its last send had not returned",
                fate);
        require(
                trial.mayBeItsOwnFault(),
                "A failure was counted against %s although each was the fault of its topic or of the broker",
                fate);
        require(
                trial.mayCount(life.acknowledgements(fate.event.channel())),
                "A failure was counted against %s although nothing else had been acknowledged since its send",
                fate);
        List<Row> others = world.store().othersOfItsTopic(life.node(), fate);
        require(
                trial.mayCountOfTopic(life.acknowledgementsLike(fate.event)) || others.isEmpty(),
                "A failure was counted against %s although nothing of its topic has been acknowledged since its send,"
                        + " not %s either",
                fate,
                others);
        require(
                trial.isFair() || others.isEmpty(),
                "A failure was counted against %s although it was only sent while its topic took nothing",
                fate);
        require(
                !scenario.hasOnlyOneBrokerOutage(),
                "A failure was counted against %s although only the broker was away",
                fate);
        trial.judged(attempts);
    }

    /** Until the relay may give it up. */
    private boolean isStillOutstanding(Life life, Fate fate) {
        Fate.Outstanding last = fate.sendings.get(life);
        long patience = 12 * scenario.settings().sendTimeout().toNanos();
        return last != null
                && last.isOutstanding()
                && last.begun() > life.startedOverAt()
                && life.clock() - last.begun() < patience;
    }

    void died(Life life, Fate fate, int attempts) {
        require(
                attempts >= scenario.maxAttempts() || fate.trialOf(life).isHopeless,
                "%s is dead after only %d attempts",
                fate,
                attempts);
    }

    void shelved(Row row) {
        row.fate.shelvings++;
        require(row.fate.shelvings < 60, "%s is put away and taken back all the time", row);
    }

    void givenUp(Row row) {
        row.fate.givenUp++;
        require(row.fate.givenUp < 20, "%s goes from node to node", row);
    }

    /** Whoever asks the store again and again gets nowhere. */
    void statement() {
        require(++statements < MOST_STATEMENTS, "No end of statements");
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

    /** What is thrown inside the callback of a stage is lost; nothing is lost here. */
    void throwIfViolated() {
        if (violation != null) {
            throw violation;
        }
    }
}
