package dev.posthorn.relay;

import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.simulation.Chance;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The broker and the way to it: what is sent arrives later or never, and is answered later or never, in any order. */
final class SimulatedBroker {

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

        Sending(Life life, Fate fate, long now) {
            this.life = life;
            this.fate = fate;
            this.begun = now;
        }

        void fail(Failure why) {
            answer = Answer.FAILED;
            meaning = why;
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
    private @Nullable Life isolated;
    private boolean away;
    private int outagesLeft;
    private int lonelyOutagesLeft;

    SimulatedBroker(World world, Scenario scenario, Ledger ledger, Chance chance) {
        this.world = world;
        this.scenario = scenario;
        this.ledger = ledger;
        this.chance = chance;
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
        return event -> retry(life, ledger.of(event));
    }

    @SuppressWarnings("NullAway")
    private CompletionStage<?> send(Life life, Fate fate) {
        Sending sending = new Sending(life, fate, life.clock());
        life.assertNoMonitorIsHeld("send");
        life.assertMayAct(fate);
        assertInFlightIsBounded(sending);
        assertFewOfItsKeyAreUnderWay(life, fate);
        ledger.sent(life, fate);
        sendings.add(sending);
        sending.arrivesAt = sending.answeredAt = Long.MAX_VALUE;
        world.interleaveOrStandStill(life);
        if (world.foreign().strikes(20)) {
            sendings.remove(sending);
            throw world.foreign().error();
        }
        decide(sending);
        world.trace(() ->
                life + ": send " + fate + (sending.arrives ? " arrives" : " is lost") + ", answer: " + sending.answer);
        world.interleave(life);
        if (sending.answer == Answer.FAILED && chance.oneIn(4)) {
            sendings.remove(sending);
            throw failure(life, fate, sending.meaning);
        }
        if (world.bug() == Bug.TRANSPORT_ACKNOWLEDGES_TOO_EARLY) {
            fate.acknowledged = true;
            sending.answered = true;
            return CompletableFuture.completedFuture(true);
        }
        return world.foreign().orNothing(sending.stage, 20);
    }

    private void decide(Sending sending) {
        long delay = chance.between(0, 200) * World.MILLI;
        sending.arrivesAt = world.now() + delay / 2;
        sending.answeredAt = world.now() + delay;
        if (isAwayFor(sending.life)) {
            sending.arrives = false;
            sending.fail(absence());
            if (chance.oneIn(3)) {
                sending.answer = Answer.NONE;
            }
        } else if (sending.life.hasLost(sending.fate.event.channel())) {
            sending.arrives = false;
            sending.fail(Failure.CHANNEL);
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
            } else if (each.life == life) {
                getsLost(each);
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
        return chance.oneIn(2) ? Failure.BROKER : Failure.UNCLEAR;
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

    /** What this node has sent and may neither have given up nor know to have arrived. */
    private List<Fate> underWay(Life life, String channel) {
        long timeout = scenario.settings().sendTimeout().toNanos();
        return sendings.stream()
                .filter(each -> each.life == life
                        && each.fate.event.channel().equals(channel)
                        && !each.answered
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

    private void retry(Life life, Fate fate) {
        life.assertNoMonitorIsHeld("retry");
        life.assertMayAct(fate);
        assertFewOfItsKeyAreUnderWay(life, fate);
        ledger.sent(life, fate);
        world.foreign().mayThrow(5);
        int tries = chance.between(1, 3);
        Failure why = Failure.UNCLEAR;
        for (int attempt = 0; attempt < tries; attempt++) {
            world.interleaveOrStandStill(life);
            world.passTime(chance.between(1, 300));
            why = whyNotAtOnce(life, fate);
            if (why == null) {
                world.trace(() -> life + ": retry " + fate + " arrives");
                ledger.delivered(fate);
                world.interleave(life);
                ledger.acknowledged(life, fate);
                return;
            }
        }
        SimulatedFailure failure = failure(life, fate, why);
        world.trace(failure::getMessage);
        if (!scenario.hasOnlyOneBrokerOutage()) {
            // If the broker comes back before this is heard of, it can't be told from a failure of the event.
            world.interleave(life);
        }
        throw failure;
    }

    private @Nullable Failure whyNotAtOnce(Life life, Fate fate) {
        if (isAwayFor(life)) {
            return absence();
        }
        if (life.hasLost(fate.event.channel())) {
            return Failure.CHANNEL;
        }
        return fate.poison == null && failsByChance(3) ? Failure.UNCLEAR : fate.poison;
    }

    // --- steps

    /** Lets one message arrive, or one answer. */
    boolean step() {
        Sending sending = chance.of(sendings, this::isDue);
        if (sending == null) {
            return false;
        }
        if (!sending.arrived && sending.arrives) {
            arrive(sending);
        } else {
            answer(sending);
        }
        if (sending.isOver()) {
            sendings.remove(sending);
        }
        return true;
    }

    private boolean isDue(Sending sending) {
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
            sendings.forEach(this::getsLost);
        }
    }

    private void getsLost(Sending sending) {
        if (!sending.arrived && !sending.answered) {
            sending.arrives = false;
            sending.fail(absence());
            if (chance.oneIn(3)) {
                sending.answer = Answer.NONE;
            }
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
