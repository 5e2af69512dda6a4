package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One run: a database, a broker, an application that fires events, and the node that relays them, all moved by the dice, one step
 * after the other. While a step waits for the database or the broker, other steps happen; that is how they interleave.
 *
 * <p>A run has two halves. In the first everything happens that its {@link Scenario} allows; in the second nothing goes wrong any
 * more, and everything must come to rest.
 */
final class World {

    static final long MILLI = 1_000_000;

    private static final int MAX_DEPTH = 4;
    private static final int ROUNDS = 300;

    private final Scenario scenario;
    private final Bug bug;
    private final Chance chance;
    private final Trace trace;
    private final Ledger ledger;
    private final SimulatedStore store;
    private final SimulatedBroker broker;
    private final List<Transaction> transactions = new ArrayList<>();
    private final HotPath hotPath;
    private final Neighbour neighbour;
    private final Writers writers;
    private Life life;
    private long now;
    private int depth;
    private int stepsLeft;
    private int transactionsLeft;
    private int transactionNumber;
    private int lifeNumber;
    private boolean open;
    private boolean storeIsAway;
    private boolean settling;

    World(long seed, Bug bug, Trace trace) {
        this.bug = bug;
        this.trace = trace;
        chance = new Chance(seed);
        scenario = Scenario.of(chance);
        ledger = new Ledger(scenario);
        store = new SimulatedStore(ledger, this::databaseClock, bug);
        broker = new SimulatedBroker(this, scenario, ledger, chance);
        hotPath = new HotPath(ledger);
        writers = new Writers(this, scenario, ledger, chance);
        neighbour = new Neighbour(store, scenario.channels(), this::trace);
        stepsLeft = scenario.steps();
        transactionsLeft = scenario.transactions();
        trace(scenario::toString);
        life = new Life(this, ledger, scenario, store, broker, "node");
    }

    void run() {
        start();
        while (stepsLeft > 0) {
            step();
        }
        settle();
        hotPathReadsNothing();
        cleanUpLeavesNothing();
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
        int dice = chance.below(100);
        boolean done = false;
        if (dice < 30) {
            done = transact();
        } else if (dice < 60) {
            done = life.makeSignalledPass(chance);
        } else if (dice < 80) {
            done = broker.step();
        } else if (dice < 88) {
            done = open && life.makeDueTick(chance);
        } else if (dice < 92 && !settling) {
            goWrong();
            done = true;
        }
        if (!done) {
            passTime(chance.oneIn(20) ? chance.between(100, 2500) : chance.between(1, 60));
        }
    }

    private boolean transact() {
        Transaction transaction = chance.of(transactions, each -> !each.isUnderWay());
        if (open && transactionsLeft > 0 && (transaction == null || chance.oneIn(3))) {
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

    /** Time stands still while somebody is late, unless lateness is among the faults. */
    void passTime(int millis) {
        if (scenario.isPunctual() && (broker.isBehind() || life.isBehind())) {
            return;
        }
        now += (scenario.isPunctual() ? Math.min(millis, 200) : millis) * MILLI;
    }

    private void goWrong() {
        switch (chance.below(12)) {
            case 0 -> {
                if (scenario.crashes() && open && chance.oneIn(2)) {
                    crash();
                }
            }
            case 1, 2 -> {
                if (scenario.storeOutages()) {
                    storeIsAway = !storeIsAway;
                    trace(() -> storeIsAway ? "the database goes away" : "the database is back");
                }
            }
            case 3, 4, 5 -> broker.goOrComeBack();
            case 6, 7 -> {
                if (scenario.burials()) {
                    neighbour.comeOrGo();
                }
            }
            case 8 -> {
                if (scenario.burials()) {
                    now += chance.between(1000, 12_000) * MILLI;
                    trace(() -> "everything stood still for a while");
                }
            }
            default -> {}
        }
    }

    private void crash() {
        trace(() -> "the node crashes");
        life.crash();
        broker.forget(life);
        for (Transaction transaction : transactions) {
            if (transaction.life() == life) {
                transaction.abandon(scenario.doubts() && chance.oneIn(3), chance.oneIn(2));
            }
        }
        transactions.removeIf(Transaction::isOver);
        lifeNumber++;
        open = false;
        life = new Life(this, ledger, scenario, store, broker, chance.oneIn(2) ? "node" : "node" + lifeNumber);
        start();
    }

    private void start() {
        Life starting = life;
        starting.start();
        if (life == starting) {
            open = true;
        }
    }

    // --- what surrounds every I/O

    /** Lets other things happen while somebody waits; whoever's node has crashed meanwhile does not go on. */
    void interleave(Life waiting) {
        if (depth < MAX_DEPTH && stepsLeft > 0 && chance.oneIn(scenario.interleaving())) {
            int steps = chance.between(1, 4);
            for (int i = 0; i < steps && stepsLeft > 0; i++) {
                step();
            }
        }
        if (waiting.hasCrashed()) {
            throw new Crashed();
        }
    }

    void interleaveSometimes(Life waiting) {
        if (chance.oneIn(4)) {
            interleave(waiting);
        }
    }

    boolean storeFails() {
        return storeIsAway || storeLosesAnswer();
    }

    boolean storeLosesAnswer() {
        return scenario.storeOutages() && !settling && chance.oneIn(30);
    }

    // --- the end

    private void settle() {
        trace(() -> "--- from here on nothing goes wrong");
        settling = true;
        storeIsAway = false;
        broker.comeBack();
        neighbour.go();
        ledger.all().forEach(fate -> fate.poison = false);
        transactionsLeft = 0;
        for (int round = 0; !isAtRest(); round++) {
            if (round > ROUNDS) {
                ledger.violated("Not at rest after " + ROUNDS / 5 + " s: undelivered " + store.undelivered() + ", "
                        + life.relay().channels().stream()
                                .map(ChannelRelay::status)
                                .toList());
            }
            letPass(200);
        }
        for (Fate fate : ledger.all()) {
            ledger.require(!fate.isVisible() || fate.deliveries > 0, "%s was committed, but never delivered", fate);
        }
        for (int i = 0; i < 30; i++) {
            letPass(200);
        }
        for (ChannelRelay channel : life.relay().channels()) {
            ChannelStatus load = channel.status();
            ledger.require(
                    load.events() == 0 && load.bytes() == 0 && load.inFlight() == 0 && load.unmarked() == 0,
                    "At rest, but not empty: %s",
                    load);
        }
    }

    private boolean isAtRest() {
        return transactions.isEmpty()
                && broker.isIdle()
                && life.isAsleep()
                && store.undelivered().isEmpty()
                && !life.relay().hasWork();
    }

    private void letPass(int millis) {
        boolean busy = true;
        while (busy) {
            stepsLeft = 20;
            busy = settlingStep();
            check();
        }
        now += millis * MILLI;
    }

    private boolean settlingStep() {
        depth++;
        try {
            boolean transacted = transact();
            boolean answered = broker.step();
            boolean ticked = life.makeDueTick(chance);
            return life.makeSignalledPass(chance) || transacted || answered || ticked;
        } finally {
            depth--;
            ledger.throwIfViolated();
        }
    }

    /** No tick helps here: whoever has something to do must be woken by what happens. */
    private void hotPathReadsNothing() {
        int reads = life.connection().reads();
        transactionsLeft = 1;
        stepsLeft = 0;
        for (int i = 0; i < 20 && (transactionsLeft > 0 || !isAtRest()); i++) {
            boolean busy = true;
            while (busy) {
                boolean transacted = transact();
                boolean answered = broker.step();
                busy = life.makeSignalledPass(chance) || transacted || answered;
            }
            now += 200 * MILLI;
        }
        ledger.require(isAtRest(), "Nobody was woken to deliver and mark %s", store.undelivered());
        ledger.require(
                life.connection().reads() == reads || !scenario.fitsIntoMemory(),
                "A commit at rest was read from the table");
    }

    private void cleanUpLeavesNothing() {
        for (int i = 0; i < 60 && !store.rows().isEmpty(); i++) {
            letPass(1000);
        }
        ledger.require(store.rows().isEmpty(), "Events outlive their retention: %s", store.rows());
    }

    private void check() {
        life.assertMemoryIsBounded();
        if (scenario.isCalm() && scenario.fitsIntoMemory() && !settling) {
            hotPath.check(life);
        }
    }

    // --- for everybody

    long now() {
        return now;
    }

    /** Runs a little fast, and began some other day. */
    private long databaseClock() {
        return now + now / 200 + 1_000_000_000_000L;
    }

    Writers writers() {
        return writers;
    }

    Chance chance() {
        return chance;
    }

    Ledger ledger() {
        return ledger;
    }

    Bug bug() {
        return bug;
    }

    boolean doubts() {
        return scenario.doubts() && !settling;
    }

    boolean isSettling() {
        return settling;
    }

    SimulatedStore store() {
        return store;
    }

    int lifeNumber() {
        return lifeNumber;
    }

    String names(List<EventEnvelope> events) {
        return events.stream().map(event -> ledger.of(event).toString()).collect(Collectors.joining(" "));
    }

    String nameOf(UUID id) {
        return ledger.of(id).toString();
    }

    String namesOf(Collection<UUID> ids) {
        return ids.stream().map(id -> ledger.of(id).toString()).collect(Collectors.joining(" "));
    }

    void trace(Supplier<String> line) {
        trace.add(now, depth, line);
    }
}
