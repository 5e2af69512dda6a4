package dev.posthorn.relay;

import dev.posthorn.relay.Row.State;
import dev.posthorn.simulation.Chance;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** People who decide what becomes of what can't be sent: each act is one change in the table. Nodes are told of what is nobody's alone. */
final class Operators {

    private static final Set<State> NOT_SENT = EnumSet.of(State.DEAD, State.BLOCKING, State.PARKED);
    private static final Set<State> UNDELIVERED =
            EnumSet.of(State.DEAD, State.BLOCKING, State.PARKED, State.WAITING, State.DELAYED);

    private final SimulatedStore store;
    private final Chance chance;
    private final Consumer<Supplier<String>> trace;

    Operators(SimulatedStore store, Chance chance, Consumer<Supplier<String>> trace) {
        this.store = store;
        this.chance = chance;
        this.trace = trace;
    }

    /** Does anything that an operator may do. */
    void act(List<Life> lives) {
        switch (chance.below(6)) {
            case 0, 1 -> requeue(any(UNDELIVERED), lives);
            case 2 -> skip(any(NOT_SENT));
            case 3 -> discard(any(UNDELIVERED));
            case 4 -> park(any(EnumSet.of(State.UNSENT, State.WAITING, State.BLOCKING)));
            default -> release(any(EnumSet.of(State.PARKED)));
        }
    }

    /** Decides about everything that waits for a decision. */
    void decide(List<Life> lives) {
        for (Row row : List.copyOf(store.rows())) {
            if (row.state == State.PARKED) {
                release(row);
            }
            if (row.state == State.BLOCKING || row.state == State.DEAD) {
                if (chance.oneIn(3)) {
                    discard(row);
                } else {
                    requeue(row, lives);
                }
            }
        }
    }

    private @Nullable Row any(Set<State> states) {
        return chance.of(store.rows(), row -> row.isVisible() && states.contains(row.state));
    }

    private void requeue(@Nullable Row row, List<Life> lives) {
        if (row == null || row.state == State.WAITING) {
            return;
        }
        store.leaveParked(row);
        row.fate.attempts = 0;
        // A node that can't send on its channel gives it to nobody.
        Life life = chance.of(lives);
        store.giveTo(row, life.node(), life.serves(row.fate.event.channel()));
        change(row, State.UNSENT, "requeues");
    }

    private void skip(@Nullable Row row) {
        if (row != null) {
            store.leaveParked(row);
            row.fate.isGivenUp = true;
            change(row, State.DEAD, "skips");
        }
    }

    private void discard(@Nullable Row row) {
        if (row != null) {
            row.fate.isGivenUp = true;
            store.settle(row, State.DISCARDED);
            change(row, State.DISCARDED, "discards");
        }
    }

    /** Parks what is unfinished of a key. */
    private void park(@Nullable Row first) {
        if (first == null || !first.fate.isInLane()) {
            return;
        }
        for (Row row : List.copyOf(store.rows())) {
            if (row.holdsUp() && row.isOfSameKey(first) && row.state != State.PARKED) {
                change(row, State.PARKED, "parks");
            }
        }
    }

    /** Releases a key. */
    private void release(@Nullable Row first) {
        if (first == null || first.fate.event.key() == null) {
            return;
        }
        for (Row row : List.copyOf(store.rows())) {
            if (row.isVisible() && row.state == State.PARKED && row.isOfSameKey(first)) {
                row.fate.attempts = 0;
                change(row, State.WAITING, "releases");
            }
        }
    }

    private void change(Row row, State state, String verb) {
        row.fate.isOperated = true;
        if (state == State.UNSENT || state.isSettled()) {
            row.state = state;
        } else {
            row.shelve(state);
        }
        row.parkedForItself = state == State.PARKED;
        trace.accept(() -> "an operator " + verb + " " + row);
    }
}
