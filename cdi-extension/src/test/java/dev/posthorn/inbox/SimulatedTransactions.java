package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.Next;
import java.time.Duration;

/** One node's transactions. */
final class SimulatedTransactions implements HandlingTransaction {

    private final World world;
    private final Life life;

    SimulatedTransactions(World world, Life life) {
        this.world = world;
        this.life = life;
    }

    @Override
    public void run(Duration timeout, Next work) throws Exception {
        life.pass();
        if (world.storeFails(life)) {
            throw new StoreAwayException(new IllegalStateException("The simulated transaction could not begin"));
        }
        if (world.surprises()) {
            throw world.error();
        }
        SimulatedTransaction transaction = world.begin(life, timeout);
        Actors.Actor actor = Actors.current();
        world.ledger().require(actor.transaction == null, "A transaction in a transaction");
        actor.transaction = transaction;
        try {
            work.proceed();
            life.pass();
        } catch (Throwable e) {
            end(actor, false);
            throw e;
        }
        commit(actor, transaction);
    }

    private void commit(Actors.Actor actor, SimulatedTransaction transaction) {
        boolean possible = !transaction.isOver() && !transaction.isMarkedForRollback && !world.storeFails(life);
        boolean doubtful = world.doubtsCommit();
        boolean happens = possible && !(doubtful && world.chance().oneIn(2));
        world.trace(() -> actor + (happens ? ": commits" : ": can't commit") + (doubtful ? ", and does not know" : ""));
        end(actor, happens);
        life.pass();
        if ((doubtful || !happens) && !world.has(Bug.ROLLBACK_REPORTED_AS_COMMIT)) {
            if (world.throwsErrors()) {
                throw world.error();
            }
            throw new IllegalStateException("The simulated commit failed");
        }
    }

    private void end(Actors.Actor actor, boolean commit) {
        SimulatedTransaction transaction = actor.transaction;
        actor.transaction = null;
        if (transaction != null && !transaction.isOver() && !life.hasCrashed()) {
            world.end(transaction, commit);
        }
    }

    @Override
    public void requireCommittable() {
        SimulatedTransaction transaction = Actors.current().transaction;
        if (transaction == null || transaction.isOver() || transaction.isMarkedForRollback) {
            throw new IllegalStateException("The simulated transaction is marked for rollback");
        }
    }
}
