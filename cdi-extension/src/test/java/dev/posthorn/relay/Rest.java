package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.relay.Row.State;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What must be reached when nothing goes wrong any more: all is delivered but what can't be, and what has to wait for that. */
final class Rest {

    private static final int ROUNDS = 1500;
    private static final int MILLIS = 200;

    /** After it, what was passed over is looked for again; and some time until it is delivered. */
    private static final int PATIENCE = 10_000;

    private final World world;
    private final Ledger ledger;
    private final SimulatedStore store;
    private final LeftBehind leftBehind;

    Rest(World world, Ledger ledger, SimulatedStore store) {
        this.world = world;
        this.ledger = ledger;
        this.store = store;
        this.leftBehind = new LeftBehind(world, ledger, store);
    }

    void reach() {
        whatCanBeSentIsDelivered();
        world.trace(() -> "--- what looked like an absence of the broker is healed");
        ledger.all().stream().filter(each -> each.poison == Failure.UNCLEAR).forEach(each -> each.poison = null);
        world.topics().heal();
        whatIsNotDeadDoesNotWait();
        world.trace(() -> "--- everything is healed, and operators decide about what is dead");
        ledger.all().forEach(each -> each.poison = null);
        everythingIsSettled();
        memoryIsEmpty();
        nobodyLooksForOthersEvents();
        hotPathReadsNothing();
        cleanUpLeavesNothing();
    }

    private void whatCanBeSentIsDelivered() {
        await("undelivered", this::starving, false);
    }

    private void whatIsNotDeadDoesNotWait() {
        await("not at rest", this::wrongfullyWaiting, true);
    }

    private void everythingIsSettled() {
        world.operators().decide(world.living());
        await("not settled", store::unsettled, true);
        for (Fate fate : ledger.all()) {
            ledger.require(
                    !fate.isVisible() || fate.deliveries > 0 || fate.isGivenUp,
                    "%s was committed, but never delivered",
                    fate);
        }
    }

    private interface Rows {
        List<Row> get();
    }

    private void await(String what, Rows rows, boolean untilIdle) {
        for (int round = 0; !rows.get().isEmpty() || (untilIdle && !world.isIdle()); round++) {
            if (round > ROUNDS) {
                ledger.violated(
                        "After " + ROUNDS * MILLIS / 1000 + " s still " + what + ": " + rows.get() + ", " + loads());
            }
            if (world.hasIsolated() && !rows.get().isEmpty() && round % 20 == 0) {
                world.letFire();
            }
            letPass(MILLIS);
        }
    }

    /** The same without those behind one of which nobody knows whether it can't be sent or the broker is away. */
    private List<Row> starving() {
        return wrongfullyWaiting().stream().filter(row -> !isBehindSuspect(row)).toList();
    }

    /** Behind one in memory, that is, which may have a larger number. */
    private boolean isBehindSuspect(Row row) {
        return store.rows().stream().anyMatch(other -> other.isOfSameKey(row) && other.holdsUp() && isSuspect(other));
    }

    /** Nobody knows whether it can't be sent, its topic takes nothing, or the broker is away. */
    private boolean isSuspect(Row row) {
        return row.fate.poison == Failure.UNCLEAR || world.topics().takesNothing(row.fate.event.topic());
    }

    /** Events that are neither settled nor have a reason to wait. */
    private List<Row> wrongfullyWaiting() {
        List<Row> waiting = new ArrayList<>();
        for (Row row : store.rows()) {
            if (row.isVisible() && !row.state.isSettled() && !isStuck(row) && !waitsRightly(row)) {
                waiting.add(row);
            }
        }
        return waiting;
    }

    /** Dead, or on its way to it, or an operator's. */
    private boolean isStuck(Row row) {
        return switch (row.state) {
            case DEAD, BLOCKING -> true;
            case PARKED -> store.isParkedRightly(row);
            default -> isSuspect(row);
        };
    }

    private boolean waitsRightly(Row row) {
        if (!row.fate.isInLane() || (row.state != State.WAITING && row.state != State.UNSENT)) {
            return false;
        }
        boolean mayBeUnsent = store.rows().stream().anyMatch(other -> isAhead(other, row) && isSuspect(other));
        return store.rows().stream().anyMatch(other -> isAhead(other, row) && isStuck(other))
                && (row.state == State.WAITING || mayBeUnsent);
    }

    private static boolean isAhead(Row other, Row row) {
        return other.seq < row.seq && other.isOfSameKey(row) && other.holdsUp();
    }

    private String loads() {
        return world.living().stream()
                .map(life -> life + ": "
                        + life.relayed().stream()
                                .map(channel -> channel.name() + " " + channel.status())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private void memoryIsEmpty() {
        for (int i = 0; i < 30; i++) {
            letPass(MILLIS);
        }
        for (Life life : world.living()) {
            for (Channel channel : life.relayed()) {
                ChannelStatus load = channel.status();
                ledger.require(
                        load.events() == 0 && load.bytes() == 0 && load.inFlight() == 0 && load.unmarked() == 0,
                        "At rest, but not empty: %s",
                        load);
            }
        }
    }

    private void nobodyLooksForOthersEvents() {
        // Steps may take long.
        world.living().forEach(life -> life.postponeSweep(Duration.ofHours(1)));
        int changes = store.nodes().changes();
        // Until what has happened among the nodes is no news any more.
        letPass(Scenario.NODE_TIMEOUT.multipliedBy(2));
        int before = adoptions();
        letPass(Scenario.NODE_TIMEOUT);
        ledger.require(
                adoptions() == before || store.nodes().changes() != changes,
                "Nothing has happened among the nodes, but somebody looks for events of those that are gone");
        world.living().forEach(life -> life.postponeSweep(Duration.ZERO));
    }

    private void letPass(Duration time) {
        long until = world.now() + time.toNanos();
        while (world.now() < until) {
            letPass(MILLIS);
        }
    }

    private void letPass(int millis) {
        world.letPass(millis);
        leftBehind.check();
    }

    private int adoptions() {
        return world.living().stream()
                .mapToInt(life -> life.connection().adoptions())
                .sum();
    }

    /** A sweep may fall on the first of them by chance; the next one is seconds away. */
    private void hotPathReadsNothing() {
        boolean reads = commitReads();
        if (reads) {
            reads = commitReads();
        }
        boolean somebodyLooks = ledger.all().stream().anyMatch(fate -> fate.shelvings > 0);
        ledger.require(!reads || somebodyLooks || !world.usesMemory(), "A commit at rest was read from the table");
    }

    /** No tick helps here: whoever has something to do must be woken by what happens. */
    private boolean commitReads() {
        int before = reads();
        int passedOver = readsThatPassOver();
        boolean idle = world.transactOnceMore();
        if (!store.unsettled().isEmpty() && readsThatPassOver() > passedOver) {
            // An event of a topic that has failed is looked for twice, in vain if others of its key are in its way, and
            // again by a pulse.
            world.letPulse(PATIENCE);
        }
        ledger.require(
                idle && store.unsettled().isEmpty(), "Nobody was woken to deliver and mark %s", store.unsettled());
        return reads() > before;
    }

    private int readsThatPassOver() {
        return world.living().stream()
                .mapToInt(life -> life.connection().readsThatPassOver())
                .sum();
    }

    private int reads() {
        return world.living().stream()
                .mapToInt(life -> life.connection().reads())
                .sum();
    }

    private void cleanUpLeavesNothing() {
        for (int i = 0; i < 60 && !store.rows().isEmpty(); i++) {
            letPass(1000);
        }
        ledger.require(store.rows().isEmpty(), "Events outlive their retention: %s", store.rows());
    }
}
