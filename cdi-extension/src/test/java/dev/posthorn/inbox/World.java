package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.inbox.Actors.Actor;
import dev.posthorn.simulation.Chance;
import dev.posthorn.simulation.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: a database, a broker, and the nodes that receive from it. Whoever waits for the database, the broker or a handler hands on
 * the baton; then the dice decide what happens next.
 *
 * <p>A run has two halves. In the first everything happens that its {@link Scenario} allows; in the second nothing goes wrong any
 * more, and everything must come to {@link Rest}.
 */
final class World {

    static final long MILLI = 1_000_000;

    private final Scenario scenario;
    private final Bug bug;
    private final Chance chance;
    private final Trace trace;
    private final SimulatedStore store = new SimulatedStore();
    private final Ledger ledger;
    private final SimulatedBroker broker;
    private final Operators operators;
    private final Actors actors = new Actors(this::next, this::unexpected);
    private final List<SimulatedTransaction> transactions = new ArrayList<>();
    private final Set<Life> cutOff = new HashSet<>();

    /** The last life of each node; it may be over. */
    private final List<Life> lives = new ArrayList<>();

    private BooleanSupplier awaitedByMain = () -> true;
    private long now;
    private int stepsLeft;
    private int lifeNumber;
    private boolean storeIsAway;
    private boolean settling;
    private boolean healed;
    private boolean isIdle;

    World(long seed, Bug bug, Trace trace) {
        this.bug = bug;
        this.trace = trace;
        chance = new Chance(seed);
        scenario = Scenario.of(chance);
        ledger = new Ledger(scenario, store);
        broker = new SimulatedBroker(this, scenario);
        operators = new Operators(this, store);
        stepsLeft = scenario.steps();
        trace(scenario::toString);
    }

    void run() {
        try {
            for (int node = 0; node < scenario.nodes(); node++) {
                lives.add(begin("node" + node));
            }
            await(() -> stepsLeft <= 0);
            while (ledger.all().size() < scenario.events()) {
                publishNew();
            }
            settle();
            new Rest(this, ledger, store, broker).reach();
        } finally {
            actors.end();
        }
    }

    /** Has the main thread wait. */
    void await(BooleanSupplier condition) {
        awaitedByMain = condition;
        actors.await(condition);
        ledger.throwIfViolated();
    }

    // --- whose turn it is

    private Actor next() {
        try {
            while (!ledger.isViolated() && !awaitedByMain.getAsBoolean()) {
                stepsLeft--;
                Actor chosen = step();
                if (chosen != null) {
                    return chosen;
                }
            }
        } catch (Throwable e) {
            unexpected(e);
        }
        return actors.main();
    }

    private void unexpected(Throwable e) {
        if (ledger.isViolated()) {
            return;
        }
        try {
            ledger.violated(
                    "Unexpected: " + e + " at " + List.of(e.getStackTrace()).subList(0, 3));
        } catch (AssertionError noted) {
            // Thrown by the main thread.
        }
    }

    /** Does something, or says whose turn it is. */
    private @Nullable Actor step() {
        int dice = chance.below(100);
        isIdle = false;
        if (dice < 55) {
            Actor actor = chance.of(actors.all(), Actor::isReady);
            if (actor != null) {
                return actor;
            }
        } else if (dice < 75) {
            if (broker.step()) {
                return null;
            }
        } else if (dice < 83) {
            if (chance.of(lives).tick(chance)) {
                return null;
            }
        } else if (dice < 90) {
            publish();
            return null;
        } else if (dice < 93 && !settling) {
            goWrong();
            return null;
        }
        letTimePass();
        return null;
    }

    private void letTimePass() {
        Actor ready = chance.of(actors.all(), Actor::isReady);
        if (ready == null && !broker.step()) {
            isIdle = true;
            pass(chance.oneIn(4) ? chance.between(100, 2500) : chance.between(1, 200));
        } else if (!settling || chance.oneIn(10)) {
            pass(chance.oneIn(10) ? chance.between(100, 1000) : chance.between(1, 30));
        }
    }

    private void pass(int millis) {
        now += millis * MILLI;
        for (SimulatedTransaction each : List.copyOf(transactions)) {
            boolean mayEnd = each.life.hasCrashed() ? settling || chance.oneIn(3) : each.deadline <= now;
            if (mayEnd && !each.life.standsStill()) {
                trace(() -> "a transaction of " + each.life + " is rolled back from outside");
                end(each, false);
            }
        }
    }

    // --- events

    private void publish() {
        if (ledger.all().size() < scenario.events() && !settling) {
            publishNew();
        } else if (scenario.faults().repetitions() && !settling) {
            Fate again = chance.of(ledger.all(), fate -> !fate.isUnknown && !fate.hasGarbledKey());
            if (again != null && again.repetitions < 2) {
                broker.publish(again, ++again.repetitions);
            }
        }
    }

    private void publishNew() {
        Kind kind = chance.of(scenario.kinds());
        String channel = chance.of(scenario.channels());
        String key = chance.oneIn(6) ? null : "k" + chance.below(scenario.keys());
        Fate fate = new Fate(
                "e" + ledger.all().size(), kind, channel, key, ledger.all().size());
        if (kind.handled()) {
            mayBeSpecial(fate);
        }
        ledger.enter(fate);
        broker.publish(fate, 0);
    }

    private void mayBeSpecial(Fate fate) {
        Faults faults = scenario.faults();
        if (faults.poison() && chance.oneIn(5)) {
            poison(fate);
        }
        if (faults.middleware() && chance.oneIn(3)) {
            fate.outside = chance.of(List.of(Fate.Outside.values()));
        }
        if (faults.errors() && chance.oneIn(5)) {
            fate.breaksReading = chance.oneIn(2);
            fate.breaksMiddleware = !fate.breaksReading;
        }
        if (chance.oneIn(3)) {
            fate.whenExhausted = chance.of(List.of(WhenExhausted.values()));
        }
        if (scenario.hanging() && fate.isInLane() && fate.poison == null && !fate.isGarbled) {
            fate.hangs = chance.oneIn(3) && ledger.all().stream().noneMatch(other -> other.hangs);
        }
    }

    private void poison(Fate fate) {
        switch (chance.below(5)) {
            case 0 -> fate.isGarbled = true;
            case 1 -> {
                if (fate.kind == scenario.kinds().get(0) && !fate.kind.idempotent()) {
                    fate.isUnknown = true;
                }
            }
            default -> {
                fate.poison = chance.of(fate.kind.handlers());
                fate.poisonsCompensation = chance.oneIn(3);
            }
        }
    }

    /** What arrives without saying what it is: nobody knows, until that is healed. */
    Optional<String> typeOfChannel(@SuppressWarnings("unused") String channel) {
        return healed ? Optional.of(scenario.kinds().get(0).name()) : Optional.empty();
    }

    // --- faults

    private void goWrong() {
        Faults faults = scenario.faults();
        Life life = chance.of(lives);
        switch (chance.below(12)) {
            case 0, 1 -> {
                if (faults.crashes()) {
                    endOrBegin();
                }
            }
            case 2 -> {
                if (faults.storeOutages()) {
                    storeIsAway = !storeIsAway;
                    trace(() -> storeIsAway ? "the database goes away" : "the database is back");
                }
            }
            case 3 -> {
                if (faults.storeOutages() && !cutOff.remove(life)) {
                    cutOff.add(life);
                    trace(() -> "the database goes away for " + life);
                }
            }
            case 4, 5, 6 -> {
                if (faults.rebalances()) {
                    broker.rebalance();
                }
            }
            case 7, 8 -> {
                if (faults.pauses()) {
                    int millis = chance.of(500, 5000, 20_000);
                    trace(() -> life + " stands still for " + millis + " ms");
                    life.standStill(now + millis * MILLI);
                }
            }
            case 9 -> {
                if (!life.hasCrashed() && !life.isStopping()) {
                    life.suspendOrResume(chance);
                }
            }
            default -> {
                if (faults.operators()) {
                    operators.act(chance);
                }
            }
        }
    }

    private void endOrBegin() {
        int node = chance.below(lives.size());
        Life life = lives.get(node);
        if (life.hasCrashed()) {
            lives.set(node, begin("node" + node));
        } else if (!life.isStopping() && chance.oneIn(3)) {
            trace(() -> life + " stops");
            life.stop();
        } else {
            crash(life);
            if (chance.oneIn(2)) {
                lives.set(node, begin("node" + node));
            }
        }
    }

    private void crash(Life life) {
        trace(() -> life + " crashes");
        life.crash();
        broker.forget(life);
        for (SimulatedTransaction each : List.copyOf(transactions)) {
            // Or the database notices that later.
            if (each.life == life && chance.oneIn(2)) {
                end(each, false);
            }
        }
    }

    private Life begin(String name) {
        Life life = new Life(this, name + "-" + ++lifeNumber, store);
        trace(() -> life + " begins");
        life.open(broker);
        return life;
    }

    private void settle() {
        trace(() -> "--- from here on nothing goes wrong");
        settling = true;
        storeIsAway = false;
        cutOff.clear();
        for (int node = 0; node < lives.size(); node++) {
            Life life = lives.get(node);
            life.standStill(now);
            if (life.isStopping() && !life.hasCrashed()) {
                crash(life);
            }
            if (life.hasCrashed() && (node == 0 || chance.oneIn(2))) {
                lives.set(node, begin("node" + node));
            }
        }
        living().forEach(Life::resume);
        if (scenario.faults().lostAnswers() || scenario.faults().errors()) {
            broker.rebalanceAll();
        }
    }

    void heal() {
        trace(() -> "--- everything is healed, and operators decide about what is dead");
        healed = true;
        ledger.all().forEach(fate -> {
            fate.poison = null;
            fate.poisonsCompensation = false;
            fate.isGarbled = false;
            fate.breaksReading = false;
            fate.breaksMiddleware = false;
        });
    }

    void endHanging() {
        trace(() -> "--- what hangs goes on");
        ledger.all().forEach(fate -> fate.hangs = false);
    }

    // --- what everybody asks

    void passBaton(Life life) {
        if (!life.hasCrashed() && chance.oneIn(scenario.switching())) {
            actors.pass();
        }
        if (life.hasCrashed()) {
            throw new Crashed();
        }
    }

    SimulatedTransaction begin(Life life, Duration timeout) {
        SimulatedTransaction transaction = new SimulatedTransaction(life, now + timeout.toNanos());
        transactions.add(transaction);
        return transaction;
    }

    void end(SimulatedTransaction transaction, boolean commit) {
        transactions.remove(transaction);
        if (transaction.isOver()) {
            return;
        }
        if (commit) {
            transaction.commit(ledger);
        } else {
            transaction.rollBack(store);
        }
    }

    void givenUp(Fate fate) {
        ledger.require(
                fate.whenExhausted == WhenExhausted.ACKNOWLEDGE && fate.mostCountedEver() >= scenario.maxAttempts(),
                "%s is given up",
                fate);
        fate.isGivenUp = true;
    }

    boolean storeFails(Life life) {
        return storeIsAway || cutOff.contains(life) || storeLosesAnswer();
    }

    boolean storeLosesAnswer() {
        return scenario.faults().storeOutages() && !settling && chance.oneIn(30);
    }

    boolean contends() {
        return scenario.faults().contention() && !settling && chance.oneIn(6);
    }

    boolean doubtsCommit() {
        return scenario.faults().doubts() && !settling && chance.oneIn(12);
    }

    boolean handlerFails() {
        return scenario.faults().failures() && !settling && chance.oneIn(8);
    }

    boolean handlerHangs() {
        return scenario.faults().hangs() && !settling && chance.oneIn(15);
    }

    boolean brokerLosesAnswer() {
        return scenario.faults().lostAnswers() && !settling && chance.oneIn(8);
    }

    boolean hasNoThread() {
        return scenario.faults().fewThreads() && !settling && chance.oneIn(6);
    }

    /** Whether foreign code now does what nobody expects. */
    boolean surprises() {
        return scenario.faults().errors() && !settling && chance.oneIn(25);
    }

    boolean connectorFails() {
        return scenario.faults().errors() && !settling && chance.oneIn(3);
    }

    /** Whether what fails now may be anything. */
    boolean throwsErrors() {
        return scenario.faults().errors() && chance.oneIn(2);
    }

    Error error() {
        return chance.oneIn(2) ? errorOfTheMachine() : new NoClassDefFoundError("simulated");
    }

    VirtualMachineError errorOfTheMachine() {
        return chance.oneIn(2) ? new OutOfMemoryError("simulated") : new StackOverflowError("simulated");
    }

    boolean isSettling() {
        return settling;
    }

    /** Whether nothing happens until time has passed. */
    boolean isIdle() {
        return isIdle;
    }

    void letPass(Duration time) {
        now += time.toNanos();
    }

    long now() {
        return now;
    }

    List<Life> living() {
        return lives.stream().filter(life -> !life.hasCrashed()).toList();
    }

    Bug bug() {
        return bug;
    }

    boolean has(Bug other) {
        return bug == other;
    }

    Chance chance() {
        return chance;
    }

    Scenario scenario() {
        return scenario;
    }

    Ledger ledger() {
        return ledger;
    }

    Actors actors() {
        return actors;
    }

    Operators operators() {
        return operators;
    }

    void trace(Supplier<String> line) {
        trace.add(now, 0, line);
    }
}
