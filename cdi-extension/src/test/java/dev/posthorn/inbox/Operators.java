package dev.posthorn.inbox;

import dev.posthorn.inbox.Row.State;
import dev.posthorn.simulation.Chance;

/** People who have events handled again that are dead or parked: each act is one change in the table, which nobody tells the nodes of. */
final class Operators {

    private final World world;
    private final SimulatedStore store;

    Operators(World world, SimulatedStore store) {
        this.world = world;
        this.store = store;
    }

    void act(Chance chance) {
        Row row = chance.of(store.rows(), Operators::isForThem);
        if (row != null) {
            requeue(row);
        }
    }

    void decide() {
        store.rows().stream().filter(Operators::isForThem).forEach(this::requeue);
    }

    private static boolean isForThem(Row row) {
        return row.isVisible() && row.locker == null && row.state.isStuck();
    }

    private void requeue(Row row) {
        row.fate.isOperated = true;
        row.attempts = 0;
        if (row.finished.isEmpty() && row.compensating) {
            row.compensating = false;
            row.fate.isMadeUpFor = false;
        }
        row.change(row.event.key() == null ? State.DUE : State.WAITING, world.now());
        world.trace(() -> "an operator requeues " + row);
        Row next = row.event.key() == null ? null : store.releasable(row.event.channel(), row.event.key(), Bug.NONE);
        if (next != null) {
            next.change(State.DUE, world.now());
        }
    }
}
