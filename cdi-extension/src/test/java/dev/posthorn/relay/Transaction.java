package dev.posthorn.relay;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A business transaction that fires events, one step at a time. */
final class Transaction {

    /** How it ends, and what the transaction manager says of it. */
    private enum Ending {
        COMMITS,
        ROLLS_BACK,
        COMMITS_BUT_NOBODY_KNOWS,
        ROLLS_BACK_BUT_NOBODY_KNOWS,
        COMMITS_LATER_WHEN_RECOVERED,
        ROLLS_BACK_LATER_WHEN_RECOVERED,
        COMMITS_AFTER_IT_IS_REPORTED,
        COMMITS_BUT_IS_REPORTED_AS_ROLLED_BACK
    }

    private final World world;
    private final SimulatedStore store;
    private final Life life;
    private final int number;
    private final List<Fate> fates = new ArrayList<>();
    private final List<CommitTicket> tickets = new ArrayList<>();
    private final List<Supplier<CommitTicket>> unreported = new ArrayList<>();

    /** What the database does, also if the node dies. */
    private final ArrayDeque<Runnable> toRecover = new ArrayDeque<>();

    private final ArrayDeque<Runnable> toDo = new ArrayDeque<>();

    private long recoveredAt;
    private boolean underWay;

    Transaction(World world, SimulatedStore store, Life life, int number, int appends) {
        this.world = world;
        this.store = store;
        this.life = life;
        this.number = number;
        for (int i = 0; i < appends; i++) {
            toDo.add(this::append);
        }
        toDo.add(this::end);
    }

    Life life() {
        return life;
    }

    boolean isOver() {
        return toDo.isEmpty() && toRecover.isEmpty();
    }

    /** Not while one of its steps has begun and waits for something, or its node stands still. */
    boolean mayGoOn() {
        if (underWay) {
            return false;
        }
        return toDo.isEmpty() ? recoveredAt <= world.now() : !life.standsStill();
    }

    void step() {
        Runnable next = toDo.isEmpty() ? toRecover.remove() : toDo.remove();
        underWay = true;
        try {
            next.run();
        } finally {
            underWay = false;
        }
    }

    private void append() {
        Node writer = life.node();
        List<EventEnvelope> events = world.writers().newEvents(number, fates.size(), writer, life.channels());
        events.forEach(event -> fates.add(world.ledger().of(event)));
        List<Long> numbers;
        try {
            numbers = life.connection().append(writer, events);
        } catch (PosthornException | LinkageError | VirtualMachineError e) {
            toDo.clear();
            rollBack();
            toDo.add(() -> report("rolled back", life.relay()::rolledBack));
            return;
        }
        world.interleaveSometimes(life);
        if (world.bug() == Bug.TICKET_AFTER_COMMIT) {
            unreported.add(() -> life.relay().stored(writer, events, numbers));
        } else {
            tickets.add(life.relay().stored(writer, events, numbers));
        }
    }

    private void end() {
        Ending ending = chooseEnding();
        world.trace(() -> this + " is about to end: " + ending);
        Relay relay = life.relay();
        switch (ending) {
            case COMMITS -> {
                toDo.add(this::commit);
                toDo.add(this::reportCommitted);
            }
            case ROLLS_BACK -> {
                toDo.add(this::rollBack);
                toDo.add(() -> {
                    if (world.bug() == Bug.ROLLBACK_REPORTED_AS_COMMIT) {
                        report("committed", relay::committed);
                    } else {
                        report("rolled back", relay::rolledBack);
                    }
                });
            }
            case COMMITS_BUT_NOBODY_KNOWS -> {
                toDo.add(this::commit);
                toDo.add(() -> report("unknown", relay::unknown));
            }
            case ROLLS_BACK_BUT_NOBODY_KNOWS -> {
                toDo.add(this::rollBack);
                toDo.add(() -> report("unknown", relay::unknown));
            }
            case COMMITS_LATER_WHEN_RECOVERED -> {
                toDo.add(() -> report("unknown", relay::unknown));
                recover(this::commit);
            }
            case ROLLS_BACK_LATER_WHEN_RECOVERED -> {
                toDo.add(() -> report("unknown", relay::unknown));
                recover(this::rollBack);
            }
            case COMMITS_AFTER_IT_IS_REPORTED -> {
                toDo.add(this::reportCommitted);
                recover(this::commit);
            }
            case COMMITS_BUT_IS_REPORTED_AS_ROLLED_BACK -> {
                toDo.add(this::commit);
                toDo.add(() -> report("rolled back", relay::rolledBack));
            }
        }
    }

    /** Some day the database is told how it ended. */
    private void recover(Runnable end) {
        recoveredAt = world.now() + world.chance().of(0, 500, 5000, 40_000) * World.MILLI;
        toRecover.add(end);
    }

    private Ending chooseEnding() {
        if (world.doubts() && world.chance().oneIn(4)) {
            return world.chance().of(List.of(Ending.values()));
        }
        return world.chance().oneIn(4) ? Ending.ROLLS_BACK : Ending.COMMITS;
    }

    private void commit() {
        world.trace(() -> this + " is committed: " + fates);
        store.commit(fates);
    }

    private void rollBack() {
        world.trace(() -> this + " is rolled back: " + fates);
        store.rollBack(fates);
    }

    private void reportCommitted() {
        fates.forEach(world.ledger()::reported);
        if (world.bug() == Bug.COMMIT_NOT_REPORTED) {
            return;
        }
        unreported.forEach(late -> tickets.add(late.get()));
        report("committed", life.relay()::committed);
    }

    private void report(String outcome, Consumer<CommitTicket> listener) {
        world.trace(() -> this + " is reported as " + outcome);
        tickets.forEach(listener);
    }

    /** Its node has crashed: what was not committed is rolled back, unless the database waits to be told how it ended. */
    void abandon(boolean inDoubt, boolean committed) {
        toDo.clear();
        boolean undecided = fates.stream().noneMatch(fate -> fate.isVisible() || fate.rolledBack);
        if (!undecided || !toRecover.isEmpty()) {
            return;
        }
        if (inDoubt && fates.stream().allMatch(fate -> fate.seq > 0)) {
            recover(committed ? this::commit : this::rollBack);
        } else {
            rollBack();
        }
    }

    @Override
    public String toString() {
        return "transaction " + number + " on " + life;
    }
}
