package dev.posthorn.relay;

import dev.posthorn.simulation.Chance;
import dev.posthorn.simulation.Trace;
import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run: a database, a broker, an application that fires events, and the nodes that relay them, all moved by the dice, one step
 * after the other. While a step waits for the database or the broker, other steps happen; that is how they interleave.
 *
 * <p>A run has two halves. In the first everything happens that its {@link Scenario} allows; in the second nothing goes wrong any
 * more, and everything must come to {@link Rest}.
 */
final class World {

    static final long MILLI = 1_000_000;

    private static final int MAX_DEPTH = 5;

    private final Scenario scenario;
    private final Bug bug;
    private final Chance chance;
    private final Trace trace;
    private final Ledger ledger;
    private final ForeignCode foreign;
    private final SimulatedStore store;
    private final SimulatedTopics topics;
    private final SimulatedBroker broker;
    private final Operators operators;
    private final List<Transaction> transactions = new ArrayList<>();
    private final HotPath hotPath;
    private final SimulatedNumbering numbering;
    private final Neighbour neighbour;
    private final Writers writers;
    private final Set<Life> cutOff = new HashSet<>();

    /** The last life of each node; it may be over. */
    private final List<Life> lives = new ArrayList<>();

    private long now;
    private long jumped;
    private int depth;
    private int stepsLeft;
    private int transactionsLeft;
    private int transactionNumber;
    private int lifeNumber;
    private boolean storeIsAway;
    private boolean settling;
    private boolean traffic;

    World(long seed, Bug bug, Trace trace) {
        this(seed, bug, trace, 1);
    }

    World(long seed, Bug bug, Trace trace, int inFlightPerKey) {
        this.bug = bug;
        this.trace = trace;
        chance = new Chance(seed);
        scenario = Scenario.of(chance, inFlightPerKey);
        ledger = new Ledger(this, scenario);
        foreign = new ForeignCode(chance, oneIn -> scenario.faults().errors() && !settling && chance.oneIn(oneIn));
        store = new SimulatedStore(ledger, this::databaseClock, bug);
        topics = new SimulatedTopics(scenario.faults().unsteadyTopics(), chance, this::trace);
        broker = new SimulatedBroker(this, scenario, ledger, chance);
        operators = new Operators(store, chance, this::trace);
        hotPath = new HotPath(ledger);
        numbering = new SimulatedNumbering(new Chance(~seed), scenario.faults().errors(), this::isSettling);
        writers = new Writers(this, scenario, ledger, chance);
        neighbour = new Neighbour(store, scenario.channels(), this::trace);
        stepsLeft = scenario.steps();
        transactionsLeft = scenario.transactions();
        trace(scenario::toString);
        trace(numbering::toString);
    }

    void run() {
        for (int node = 0; node < scenario.nodes(); node++) {
            lives.add(newLife(node, "node" + node));
        }
        for (Life life : List.copyOf(lives)) {
            begin(life::start);
        }
        while (stepsLeft > 0) {
            step();
        }
        settle();
    }

    // --- one step

    private void step() {
        stepsLeft--;
        depth++;
        try {
            chooseStep();
        } catch (Crashed e) {
            // What a dead node was doing ends here; the world goes on.
            trace(() -> "(ended by the crash)");
        } finally {
            depth--;
        }
        ledger.throwIfViolated();
        check();
    }

    private void chooseStep() {
        broker.endOutageInTime();
        int dice = chance.below(100);
        boolean done = false;
        if (dice < 30) {
            done = transact();
        } else if (dice < 60) {
            Life life = anyMoving();
            done = life != null && life.makeSignalledPass(chance);
        } else if (dice < 78) {
            done = broker.step();
        } else if (dice < 88) {
            Life life = anyMoving();
            done = life != null && life.isOpen() && life.makeDueTick(chance);
        } else if (dice < 92 && !settling) {
            goWrong();
            done = true;
        }
        if (!done) {
            boolean someStandStill = lives.stream().anyMatch(Life::standsStill);
            passTime(chance.oneIn(someStandStill ? 4 : 20) ? chance.between(100, 2500) : chance.between(1, 60));
        }
    }

    private boolean transact() {
        Transaction transaction = chance.of(transactions, Transaction::mayGoOn);
        Life life = chance.of(lives, this::mayFire);
        if (life != null && transactionsLeft > 0 && (transaction == null || chance.oneIn(3))) {
            transactionsLeft--;
            transactions.add(new Transaction(this, store, life, ++transactionNumber, chance.oneIn(4) ? 2 : 1));
            return true;
        }
        if (transaction == null) {
            return false;
        }
        transaction.step();
        transactions.removeIf(Transaction::isOver);
        return true;
    }

    private boolean mayFire(Life life) {
        boolean healthy = !life.hasLostAny() && (traffic || !broker.isIsolated(life));
        return life.isOpen() && !life.standsStill() && (!settling || healthy);
    }

    private @Nullable Life anyMoving() {
        return chance.of(lives, life -> !life.hasCrashed() && !life.standsStill());
    }

    /** Time stands still while somebody is late, unless lateness is among the faults. */
    void passTime(int millis) {
        if (scenario.isPunctual() && (broker.isBehind() || lives.stream().anyMatch(Life::isBehind))) {
            return;
        }
        now += (scenario.isPunctual() ? Math.min(millis, 200) : millis) * MILLI;
    }

    // --- faults

    private void goWrong() {
        Faults faults = scenario.faults();
        switch (chance.below(18)) {
            case 0, 1 -> {
                if (faults.crashes() && chance.oneIn(2)) {
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
                if (faults.storeOutages()) {
                    cutOffOrConnect(chance.of(lives));
                }
            }
            case 4, 5, 6 -> broker.goOrComeBack();
            case 7 -> broker.goOrComeBackFor(chance.of(lives));
            case 8, 9 -> {
                if (faults.burials()) {
                    neighbour.comeOrGo();
                }
            }
            case 10 -> {
                if (faults.burials()) {
                    now += chance.between(1000, 12_000) * MILLI;
                    trace(() -> "everything stood still for a while");
                }
            }
            case 11, 12 -> {
                Life life = anyMoving();
                if (faults.pauses() && life != null) {
                    pause(life);
                }
            }
            case 13 -> {
                if (faults.clockJumps() && chance.oneIn(3)) {
                    jumped += chance.between(-8000, 12_000) * MILLI;
                    trace(() -> "the clock of the database was set, by now " + jumped / MILLI + " ms");
                }
            }
            case 14 -> {
                Life life = anyMoving();
                if (faults.cancellations() && life != null && chance.oneIn(3)) {
                    String channel = chance.of(scenario.channels());
                    life.lose(channel);
                    trace(() -> "channel " + channel + " is of no use any more to " + life);
                }
            }
            case 15 -> topics.goOrCome();
            default -> {
                if (faults.operators()) {
                    operators.act(lives);
                }
            }
        }
    }

    private void pause(Life life) {
        int millis = chance.of(500, 4000, 12_000, 25_000);
        life.standStill(now + millis * MILLI);
        trace(() -> life + " stands still for " + millis + " ms");
    }

    private void cutOffOrConnect(Life life) {
        if (cutOff.add(life)) {
            trace(() -> "the database goes away for " + life);
        } else {
            cutOff.remove(life);
            trace(() -> "the database is back for " + life);
        }
    }

    private void endOrBegin() {
        int node = chance.below(lives.size());
        Life life = lives.get(node);
        if (life.hasCrashed()) {
            restart(node);
        } else if (life.isOpen() && chance.oneIn(4) && transactions.stream().noneMatch(each -> each.life() == life)) {
            trace(() -> life + " stops");
            life.stopInOrder();
            broker.forget(life);
        } else if (life.isOpen()) {
            crash(life);
            if (chance.oneIn(2)) {
                restart(node);
            }
        }
    }

    private void crash(Life life) {
        trace(() -> life + " crashes");
        life.crash();
        broker.forget(life);
        for (Transaction transaction : transactions) {
            if (transaction.life() == life) {
                transaction.abandon(scenario.faults().doubts() && chance.oneIn(3), chance.oneIn(2));
            }
        }
        transactions.removeIf(Transaction::isOver);
    }

    private void restart(int node) {
        String name = chance.oneIn(2) ? "node" + node : "node" + node + "-" + (lifeNumber + 1);
        lives.set(node, newLife(node, name));
        begin(lives.get(node)::start);
    }

    private Life newLife(int node, String name) {
        List<String> all = scenario.channels();
        boolean lacksOne = scenario.uneven() && node > 0 && all.size() > 1 && chance.oneIn(2);
        return new Life(
                this,
                ledger,
                scenario,
                store,
                broker,
                name,
                ++lifeNumber,
                lacksOne ? all.subList(0, all.size() - 1) : all);
    }

    /** Whoever crashes meanwhile has not begun. */
    private void begin(Runnable start) {
        try {
            start.run();
        } catch (Crashed e) {
            trace(() -> "(crashed at its start)");
        }
    }

    // --- what surrounds every I/O

    /** Lets other things happen while somebody waits; whoever's node has crashed meanwhile does not go on. */
    void interleave(Life waiting) {
        if (depth < MAX_DEPTH && chance.oneIn(scenario.interleaving())) {
            int steps = chance.between(1, 4);
            for (int i = 0; i < steps && stepsLeft > 0; i++) {
                step();
            }
        }
        while (waiting.standsStill() && stepsLeft > 0) {
            if (depth < 3 * MAX_DEPTH) {
                step();
            } else {
                waiting.standStill(now);
            }
        }
        if (waiting.hasCrashed()) {
            throw new Crashed();
        }
    }

    /** The same, perhaps for long: nothing of the waiting node happens meanwhile. */
    void interleaveOrStandStill(Life waiting) {
        if (scenario.faults().pauses() && !settling && depth < MAX_DEPTH && chance.oneIn(40)) {
            pause(waiting);
        }
        interleave(waiting);
    }

    void interleaveSometimes(Life waiting) {
        if (chance.oneIn(4)) {
            interleave(waiting);
        }
    }

    boolean storeFails(Life life) {
        return storeIsAway || cutOff.contains(life) || storeLosesAnswer();
    }

    boolean storeLosesAnswer() {
        return scenario.faults().storeOutages() && !settling && chance.oneIn(30);
    }

    // --- the end

    private void settle() {
        trace(() -> "--- from here on nothing goes wrong");
        settling = true;
        storeIsAway = false;
        cutOff.clear();
        broker.comeBack();
        neighbour.go();
        transactionsLeft = 0;
        lives.forEach(life -> life.standStill(now));
        stepsLeft = 20;
        for (int node = 0; node < lives.size(); node++) {
            if (lives.get(node).hasCrashed() && (node == 0 || chance.oneIn(2))) {
                restart(node);
            }
        }
        for (String channel : scenario.channels()) {
            if (lives.stream().noneMatch(life -> !life.hasCrashed() && life.serves(channel))) {
                crash(lives.get(0));
                restart(0);
            }
        }
        if (scenario.faults().isolation()) {
            isolateOne();
        }
        new Rest(this, ledger, store).reach();
    }

    private void isolateOne() {
        Life life = chance.of(living(), this::canBeSpared);
        if (life != null) {
            broker.isolate(life);
        }
    }

    /** Only of those who still fire can be known that they deliver. */
    private boolean canBeSpared(Life life) {
        return life.channels().stream().allMatch(channel -> living().stream()
                .anyMatch(other -> other != life && other.serves(channel) && !other.hasLostAny()));
    }

    /** Somebody fires, also where the broker is away: that others deliver is only known when they have something to deliver. */
    void letFire() {
        traffic = true;
        transactionsLeft = 1;
    }

    boolean hasIsolated() {
        return broker.hasIsolated();
    }

    /** Lets everybody do what there is to do, and then some time pass. */
    void letPass(int millis) {
        while (settlingStep()) {
            check();
        }
        now += millis * MILLI;
    }

    private boolean settlingStep() {
        stepsLeft = 20;
        depth++;
        try {
            boolean busy = makeAsked();
            for (Life life : living()) {
                busy |= life.makeDueTick(chance);
            }
            return busy;
        } finally {
            depth--;
            ledger.throwIfViolated();
        }
    }

    /** Makes passes that somebody was woken for; no tick helps. */
    boolean makeAsked() {
        boolean busy = transact() | broker.step();
        for (Life life : living()) {
            busy |= life.makeSignalledPass(chance);
        }
        return busy;
    }

    List<Life> living() {
        return lives.stream().filter(life -> !life.hasCrashed()).toList();
    }

    boolean isIdle() {
        return transactions.isEmpty()
                && broker.isIdle()
                && living().stream()
                        .allMatch(life -> life.isAsleep() && !life.relay().hasWork());
    }

    Operators operators() {
        return operators;
    }

    /** One more transaction, with nothing going on beside it. */
    boolean transactOnceMore() {
        traffic = false;
        transactionsLeft = lives.stream().anyMatch(this::mayFire) ? 1 : 0;
        stepsLeft = 0;
        for (int i = 0; i < 20 && (transactionsLeft > 0 || !isIdle()); i++) {
            while (makeAsked()) {
                ledger.throwIfViolated();
            }
            now += 200 * MILLI;
        }
        return isIdle();
    }

    /** Whether nothing need be read from the table as long as nothing goes wrong. */
    boolean usesMemory() {
        return scenario.fitsIntoMemory() && numbering.isComplete();
    }

    /** Lets some time pass in which nothing but heartbeats and pulses helps. */
    void letPulse(int millis) {
        long until = now + millis * MILLI;
        while (now < until) {
            living().forEach(Life::beatAndPulse);
            while (makeAsked()) {
                ledger.throwIfViolated();
            }
            now += 500 * MILLI;
        }
    }

    private void check() {
        for (Life life : lives) {
            if (!life.hasCrashed()) {
                life.assertMemoryIsBounded();
                if (scenario.isCalm() && usesMemory() && !settling) {
                    hotPath.check(life);
                }
            }
        }
    }

    // --- for everybody

    long now() {
        return now;
    }

    /** Runs a little fast, and began some other day. */
    private long databaseClock() {
        return now + now / 200 + jumped + 1_000_000_000_000L;
    }

    SimulatedTopics topics() {
        return topics;
    }

    SimulatedNumbering numbering() {
        return numbering;
    }

    Writers writers() {
        return writers;
    }

    Chance chance() {
        return chance;
    }

    ForeignCode foreign() {
        return foreign;
    }

    Ledger ledger() {
        return ledger;
    }

    Scenario scenario() {
        return scenario;
    }

    Bug bug() {
        return bug;
    }

    boolean doubts() {
        return scenario.faults().doubts() && !settling;
    }

    boolean isSettling() {
        return settling;
    }

    SimulatedStore store() {
        return store;
    }

    String names(List<EventEnvelope> events) {
        return events.stream().map(event -> ledger.of(event).toString()).collect(Collectors.joining(" "));
    }

    String nameOf(long number) {
        return ledger.of(number).toString();
    }

    String namesOf(Collection<Long> numbers) {
        return numbers.stream().map(this::nameOf).collect(Collectors.joining(" "));
    }

    void trace(Supplier<String> line) {
        trace.add(now, depth, line);
    }
}
