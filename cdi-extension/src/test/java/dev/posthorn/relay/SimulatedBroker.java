package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.PosthornException;
import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.simulation.Chance;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The broker and the way to it: what is sent arrives later or never, and is answered later or never, in any order. */
final class SimulatedBroker {

    private static final List<Failure> ABSENCES =
            List.of(Failure.BROKER, Failure.UNCLEAR, Failure.DESTINATION_OR_BROKER);

    private static final long CLIENTS_PATIENCE = 30_000 * World.MILLI;

    /** How long a client takes at most to notice that a topic takes events: it asks from time to time. */
    private static final int LONGEST_LAG = 5000;

    private static final long LONGEST_OUTAGE = 20_000 * World.MILLI;

    private enum Answer {
        ACKNOWLEDGED,
        FAILED,
        NONE
    }

    /** A message on its way. */
    private static final class Sending {
        final Life life;
        final Fate fate;
        final long begun;
        final CompletableFuture<Boolean> stage = new CompletableFuture<>();
        Answer answer = Answer.ACKNOWLEDGED;
        Failure meaning = Failure.UNCLEAR;
        boolean arrives = true;
        long arrivesAt;
        long answeredAt;
        boolean arrived;
        boolean answered;

        /** Whether the retrier sent it. */
        boolean retried;

        /** Whether the transport has said that it has not taken it, although it may have. */
        boolean refused;

        /** Until when the client keeps it while the broker is away, or its topic takes nothing. */
        long keptUntil;

        /** How long the client then takes to notice that its topic takes events. */
        long lag;

        Sending(Life life, Fate fate, long now) {
            this.life = life;
            this.fate = fate;
            this.begun = now;
        }

        void fail(Failure why) {
            answer = Answer.FAILED;
            meaning = why;
        }

        boolean isOutstanding() {
            return !answered && !refused;
        }

        boolean isOver() {
            return (arrived || !arrives) && (answered || answer == Answer.NONE);
        }
    }

    private final World world;
    private final Scenario scenario;
    private final Ledger ledger;
    private final Chance chance;
    private final List<Sending> sendings = new ArrayList<>();
    private final Set<Life> lonely = new HashSet<>();
    private final Map<Life, Set<Fate>> retried = new HashMap<>();

    /** Whether the client keeps what it can't deliver, and delivers it when the broker is back, as Kafka's does. */
    private final boolean clientIsPatient;

    private @Nullable Life isolated;
    private boolean away;
    private long awaySince;
    private int outagesLeft;
    private int lonelyOutagesLeft;

    SimulatedBroker(World world, Scenario scenario, Ledger ledger, Chance chance) {
        this.world = world;
        this.scenario = scenario;
        this.ledger = ledger;
        this.chance = chance;
        this.clientIsPatient = chance.oneIn(2);
        this.outagesLeft = scenario.faults().brokerOutages();
        this.lonelyOutagesLeft = scenario.faults().lonelyOutages();
    }

    EventTransport transportOf(Life life) {
        return new EventTransport() {
            @Override
            public List<String> prepare(Set<String> channels) {
                return List.of();
            }

            @Override
            public CompletionStage<?> send(EventEnvelope event) {
                return SimulatedBroker.this.send(life, ledger.of(event));
            }
        };
    }

    Retrier retrierOf(Life life) {
        return (event, attempt) -> retry(life, ledger.of(event), attempt);
    }

    @SuppressWarnings("NullAway")
    private CompletionStage<?> send(Life life, Fate fate) {
        Sending sending = new Sending(life, fate, life.clock());
        life.assertNoMonitorIsHeld("send");
        life.assertMayAct(fate);
        sending.retried = retriedBy(life).contains(fate);
        if (!sending.retried) {
            assertInFlightIsBounded(sending);
        }
        assertFewOfItsKeyAreUnderWay(life, fate);
        assertLastSendHasReturned(sending);
        fate.sendings.put(life, new Fate.Outstanding(sending.begun, sending::isOutstanding));
        if (!sending.retried) {
            assertTopicsAreTriedOneByOne(life, fate);
        }
        ledger.sent(life, fate);
        sendings.add(sending);
        sending.arrivesAt = sending.answeredAt = Long.MAX_VALUE;
        world.interleaveOrStandStill(life);
        if (world.foreign().strikes(20)) {
            sendings.remove(sending);
            sending.refused = true;
            throw world.foreign().error();
        }
        decide(sending);
        world.trace(() ->
                life + ": send " + fate + (sending.arrives ? " arrives" : " is lost") + ", answer: " + sending.answer);
        world.interleave(life);
        if (sending.answer == Answer.FAILED && chance.oneIn(4)) {
            sendings.remove(sending);
            sending.refused = true;
            throw failure(life, fate, sending.meaning);
        }
        if (world.bug() == Bug.TRANSPORT_ACKNOWLEDGES_TOO_EARLY) {
            fate.acknowledged = true;
            sending.answered = true;
            return CompletableFuture.completedFuture(true);
        }
        sending.refused = world.foreign().strikes(20);
        return sending.refused ? null : sending.stage;
    }

    private void decide(Sending sending) {
        long delay = chance.between(0, 200) * World.MILLI;
        sending.arrivesAt = world.now() + delay / 2;
        sending.answeredAt = world.now() + delay;
        if (isAwayFor(sending.life)) {
            keepOrLose(sending);
        } else if (sending.life.hasLost(sending.fate.event.channel())) {
            sending.arrives = false;
            sending.fail(Failure.CHANNEL);
        } else if (world.topics().takesNothing(sending.fate.event.topic())) {
            keepOrRefuse(sending, requireNonNull(world.topics().refusal(sending.fate.event.topic())));
        } else if (sending.fate.poison != null) {
            sending.arrives = false;
            sending.fail(sending.fate.poison);
        } else if (failsByChance(5)) {
            sending.arrives = chance.oneIn(2);
            sending.answer = chance.oneIn(2) ? Answer.NONE : Answer.FAILED;
            if (sending.arrives && chance.oneIn(2)) {
                sending.answer = Answer.ACKNOWLEDGED;
                sending.answeredAt += chance.between(0, 6000) * World.MILLI;
                sending.arrivesAt += chance.between(0, 3000) * World.MILLI;
            }
        }
    }

    private void keepOrRefuse(Sending sending, Failure meaning) {
        if (clientIsPatient && chance.oneIn(2)) {
            sending.keptUntil = world.now() + CLIENTS_PATIENCE;
            sending.lag = chance.between(1, LONGEST_LAG) * World.MILLI;
            return;
        }
        sending.arrives = false;
        sending.fail(meaning);
        if (meaning == Failure.UNCLEAR && chance.oneIn(3)) {
            sending.answer = Answer.NONE;
        }
    }

    private boolean isAwayFor(Life life) {
        return away || lonely.contains(life) || isIsolated(life);
    }

    /** From now on nothing of this node arrives. */
    void isolate(Life life) {
        isolated = life;
        world.trace(() -> "the broker is away for " + life + " for ever");
        for (Sending each : sendings) {
            if (each.life == life && each.arrived) {
                each.answer = Answer.NONE;
            } else if (each.life == life && !each.answered) {
                lose(each);
            }
        }
    }

    boolean isIsolated(Life life) {
        return isolated == life;
    }

    boolean hasIsolated() {
        return isolated != null;
    }

    /** Some clients can tell that nobody is there. */
    private Failure absence() {
        return chance.of(ABSENCES);
    }

    private SimulatedFailure failure(Life life, Fate fate, Failure meaning) {
        ledger.failed(life, fate, meaning);
        return new SimulatedFailure(fate, meaning);
    }

    private boolean failsByChance(int oneIn) {
        return scenario.faults().sendFailures() && !world.isSettling() && chance.oneIn(oneIn);
    }

    private void assertInFlightIsBounded(Sending next) {
        ChannelSettings settings = scenario.settings();
        List<Fate> underWay = underWay(next.life, next.fate.event.channel());
        int size = next.fate.event.data().length;
        int bytes = underWay.stream().mapToInt(fate -> fate.event.data().length).sum();
        ledger.require(underWay.size() < settings.maxInFlight(), "%s was sent with %s under way", next.fate, underWay);
        ledger.require(
                underWay.isEmpty() || bytes + size <= settings.maxInFlightBytes(),
                "%s was sent with %d bytes under way",
                next.fate,
                bytes);
    }

    private void assertFewOfItsKeyAreUnderWay(Life life, Fate fate) {
        List<Fate> others = underWay(life, fate.event.channel()).stream()
                .filter(other -> fate != other && sameKey(fate, other))
                .toList();
        ledger.require(
                others.size() < scenario.settings().maxInFlightPerKey(),
                "%s was sent while %s of its key were under way",
                fate,
                others);
    }

    /** Clients may send on one thread, which a topic that is missing holds up. */
    private void assertTopicsAreTriedOneByOne(Life life, Fate fate) {
        List<Fate> untried = underWay(life, fate.event.channel()).stream()
                .filter(other -> life.acknowledgementsLike(other.event) == 0)
                .toList();
        ledger.require(
                life.acknowledgementsLike(fate.event) > 0 || untried.isEmpty(),
                "%s was sent with %s under way, although nothing of their topics has ever been taken",
                fate,
                untried);
    }

    /** What this node has sent and may neither have given up nor know to have arrived. */
    private List<Fate> underWay(Life life, String channel) {
        long timeout = scenario.settings().sendTimeout().toNanos();
        return sendings.stream()
                .filter(each -> each.life == life
                        && each.fate.event.channel().equals(channel)
                        && each.isOutstanding()
                        && !each.retried
                        && !each.fate.acknowledged
                        && each.begun > life.startedOverAt()
                        && life.clock() - each.begun < timeout)
                .map(each -> each.fate)
                .toList();
    }

    private static boolean sameKey(Fate one, Fate other) {
        return one.isInLane()
                && other.isInLane()
                && one.event.key() != null
                && one.event.key().equals(other.event.key());
    }

    /** Until the broker answers, it is given up, or the transport has been wrong too often. */
    private void assertLastSendHasReturned(Sending next) {
        Fate.Outstanding last = next.fate.sendings.get(next.life);
        long patience = 12 * scenario.settings().sendTimeout().toNanos();
        ledger.require(
                last == null
                        || !last.isOutstanding()
                        || last.begun() <= next.life.startedOverAt()
                        || next.begun - last.begun() >= patience,
                "%s was sent although its last send had not returned",
                next.fate);
    }

    private Set<Fate> retriedBy(Life life) {
        return retried.computeIfAbsent(life, first -> new HashSet<>());
    }

    private void retry(Life life, Fate fate, Supplier<CompletionStage<Void>> attempt) throws Exception {
        life.assertNoMonitorIsHeld("retry");
        world.foreign().mayThrow(5);
        retriedBy(life).add(fate);
        try {
            Exception why = new TimeoutException();
            for (int tries = chance.between(1, 3); tries > 0; tries--) {
                world.interleaveOrStandStill(life);
                world.passTime(chance.between(1, 300));
                try {
                    await(life, fate, attempt.get().toCompletableFuture());
                    return;
                } catch (ExecutionException | TimeoutException | PosthornException e) {
                    why = e;
                }
            }
            throw why;
        } finally {
            retriedBy(life).remove(fate);
        }
    }

    /** For a while: then the attempt is given up, and goes on. */
    private void await(Life life, Fate fate, CompletableFuture<Void> answer) throws Exception {
        for (int rounds = 0; !answer.isDone() && rounds < (isAwayFor(life) ? 6 : 60); rounds++) {
            world.interleaveOrStandStill(life);
            Sending due = chance.of(sendings, each -> each.life == life && each.fate == fate && isDue(each));
            if (due != null) {
                step(due);
            } else {
                world.passTime(chance.between(1, 300));
            }
        }
        answer.get(0, TimeUnit.NANOSECONDS);
    }

    // --- steps

    /** Lets one message arrive, or one answer. */
    boolean step() {
        Sending sending = chance.of(sendings, this::isDue);
        if (sending == null) {
            return false;
        }
        step(sending);
        return true;
    }

    private void step(Sending sending) {
        if (!sending.arrived && sending.arrives) {
            arrive(sending);
        } else {
            answer(sending);
        }
        if (sending.isOver()) {
            sendings.remove(sending);
        }
    }

    private boolean isDue(Sending sending) {
        if (isKept(sending)) {
            return false;
        }
        if (sending.arrives && !sending.arrived) {
            return sending.arrivesAt <= world.now();
        }
        boolean silent =
                sending.life.standsStill() || (isAwayFor(sending.life) && sending.answer == Answer.ACKNOWLEDGED);
        return !sending.answered && !silent && sending.answer != Answer.NONE && sending.answeredAt <= world.now();
    }

    private void arrive(Sending sending) {
        world.trace(() -> "arrived from " + sending.life + ": " + sending.fate);
        sending.arrived = true;
        ledger.delivered(sending.fate);
    }

    private void answer(Sending sending) {
        sending.answered = true;
        if (sending.life.hasCrashed()) {
            return;
        }
        world.trace(() -> sending.life + ": answer for " + sending.fate + ": " + sending.answer);
        if (sending.answer == Answer.ACKNOWLEDGED) {
            ledger.acknowledged(sending.life, sending.fate);
            sending.stage.complete(true);
        } else {
            sending.stage.completeExceptionally(
                    world.foreign().strikes(5)
                            ? world.foreign().error()
                            : failure(sending.life, sending.fate, sending.meaning));
        }
    }

    /** Something that time has brought but that has not happened yet. */
    boolean isBehind() {
        return sendings.stream().anyMatch(this::isDue);
    }

    boolean isIdle() {
        return sendings.stream().allMatch(sending -> sending.answer == Answer.NONE || sending.life.hasCrashed());
    }

    void goOrComeBack() {
        if (away) {
            comeBack();
        } else if (outagesLeft > 0) {
            outagesLeft--;
            away = true;
            world.trace(() -> "the broker goes away");
            awaySince = world.now();
            sendings.forEach(this::getsLost);
        }
    }

    private void getsLost(Sending sending) {
        if (!sending.arrived && !sending.answered) {
            keepOrLose(sending);
        }
    }

    private void keepOrLose(Sending sending) {
        if (clientIsPatient && !isIsolated(sending.life)) {
            sending.keptUntil = world.now() + CLIENTS_PATIENCE;
        } else {
            lose(sending);
        }
    }

    private void lose(Sending sending) {
        sending.arrives = false;
        sending.fail(absence());
        if (chance.oneIn(3)) {
            sending.answer = Answer.NONE;
        }
    }

    private boolean isKept(Sending sending) {
        boolean isAway = isAwayFor(sending.life);
        boolean isRefused = sending.lag > 0 && world.topics().takesNothing(sending.fate.event.topic());
        if (sending.arrived || !sending.arrives || !(isAway || isRefused)) {
            return false;
        }
        if (world.now() >= sending.keptUntil) {
            sending.arrives = false;
            sending.fail(isAway ? absence() : Failure.UNCLEAR);
            return false;
        }
        if (isRefused) {
            sending.arrivesAt = sending.answeredAt = world.now() + sending.lag;
        }
        return true;
    }

    /** Where only the broker is away, that is no longer than the relay waits for an answer. */
    void endOutageInTime() {
        if (away && scenario.hasOnlyOneBrokerOutage() && world.now() - awaySince > LONGEST_OUTAGE) {
            comeBack();
        }
    }

    /** The same for one node alone. */
    void goOrComeBackFor(Life life) {
        if (lonely.remove(life)) {
            world.trace(() -> "the broker is back for " + life);
        } else if (lonelyOutagesLeft > 0) {
            lonelyOutagesLeft--;
            lonely.add(life);
            world.trace(() -> "the broker goes away for " + life);
            sendings.stream().filter(each -> each.life == life).forEach(this::getsLost);
        }
    }

    void comeBack() {
        lonely.clear();
        if (away) {
            away = false;
            world.trace(() -> "the broker is back");
        }
    }

    /** What a dead node had handed over may still arrive, or not. */
    void forget(Life crashed) {
        for (Sending sending : sendings) {
            if (sending.life == crashed && !sending.arrived && sending.arrives) {
                sending.arrives = chance.oneIn(2);
                sending.arrivesAt = Math.min(sending.arrivesAt, world.now());
            }
        }
    }
}
