package dev.posthorn.inbox;

import java.util.ArrayList;
import java.util.List;

/** A transaction of one node: what it has changed is seen by nobody until it commits, and what it has locked is changed by nobody. */
final class SimulatedTransaction {

    final Life life;
    final long deadline;
    final List<Row> inserted = new ArrayList<>();
    final List<Row> locked = new ArrayList<>();
    final List<Runnable> changes = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();

    /** Whether a handler was called in it. */
    boolean hasWorked;

    boolean isMarkedForRollback;
    private boolean over;

    SimulatedTransaction(Life life, long deadline) {
        this.life = life;
        this.deadline = deadline;
    }

    boolean isOver() {
        return over;
    }

    void requireActive() {
        if (over) {
            throw new IllegalStateException("The simulated transaction was rolled back");
        }
    }

    void commit(Ledger ledger) {
        over = true;
        inserted.forEach(row -> row.inserter = null);
        changes.forEach(Runnable::run);
        unlock();
        effects.forEach(ledger::committed);
    }

    void rollBack(SimulatedStore store) {
        over = true;
        inserted.forEach(store::remove);
        unlock();
    }

    private void unlock() {
        locked.forEach(row -> row.locker = null);
    }
}
