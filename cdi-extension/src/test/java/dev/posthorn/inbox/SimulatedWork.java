package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.EventNotHandledException;
import dev.posthorn.PosthornException;
import dev.posthorn.log.FailureText;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.simulation.Chance;
import dev.posthorn.spi.ContentionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handlers of one event, and what stands around them. */
final class SimulatedWork implements Work {

    private final World world;
    private final Life life;
    private final Fate fate;
    private final ReceivedEvent event;

    SimulatedWork(World world, Life life, Fate fate, ReceivedEvent event) {
        this.world = world;
        this.life = life;
        this.fate = fate;
        this.event = event;
    }

    @Override
    public ReceivedEvent event() {
        return event;
    }

    @Override
    public @Nullable String idempotencyKey() {
        if (fate.hasGarbledKey()) {
            if (world.throwsErrors()) {
                throw new IllegalStateException("simulated key whose toString() throws");
            }
            throw new UnreadableMessageException("simulated key that can't be read");
        }
        return fate.kind.idempotent() ? fate.name : null;
    }

    @Override
    public List<String> handlers() {
        return fate.kind.handlers();
    }

    @Override
    public String classes() {
        return fate.kind.name();
    }

    @Override
    public void handleAll(int attempt, Boundary boundary) throws Exception {
        around(boundary, false, () -> {
            for (String handler : handlers()) {
                work(handler, false);
            }
        });
    }

    @Override
    public void handle(String handler, int attempt, Boundary boundary) throws Exception {
        around(boundary, false, () -> work(handler, false));
    }

    @Override
    public void compensate(String handler, int attempt, Boundary boundary) throws Exception {
        around(boundary, true, () -> work(handler, true));
    }

    private void around(Boundary boundary, boolean makesUp, Next inside) throws Exception {
        life.handles(fate.channel, 1);
        try {
            aroundOutside(boundary, makesUp, inside);
        } finally {
            life.handles(fate.channel, -1);
        }
    }

    private void aroundOutside(Boundary boundary, boolean makesUp, Next inside) throws Exception {
        switch (fate.outside) {
            case NOTHING -> attempt(boundary, makesUp, inside);
            case SKIPS -> {}
            case REPEATS -> {
                try {
                    attempt(boundary, makesUp, inside);
                } catch (EventNotHandledException e) {
                    throw e;
                } catch (Exception e) {
                    attempt(boundary, makesUp, inside);
                }
            }
            case HIDES -> {
                try {
                    attempt(boundary, makesUp, inside);
                } catch (Exception e) {
                    world.trace(() -> Actors.current() + ": middleware hides " + e);
                }
            }
            case FAILS_AFTERWARDS -> {
                try {
                    attempt(boundary, makesUp, inside);
                } catch (EventNotHandledException e) {
                    world.trace(() -> Actors.current() + ": middleware hides " + e);
                }
                if (!world.isSettling() && world.chance().oneIn(2)) {
                    if (world.throwsErrors()) {
                        throw world.error();
                    }
                    throw new IllegalStateException("simulated middleware");
                }
            }
        }
    }

    private void attempt(Boundary boundary, boolean makesUp, Next inside) throws Exception {
        boolean[] hasWorked = {false};
        try {
            boundary.around(() -> {
                hasWorked[0] = true;
                inside.proceed();
            });
            world.ledger().succeeded(fate, hasWorked[0]);
        } catch (InterruptedException e) {
            fate.interruptions++;
            throw e;
        } catch (Exception | VirtualMachineError | LinkageError e) {
            if (hasWorked[0]) {
                world.ledger().failed(fate, makesUp);
            }
            throw e;
        }
    }

    private void work(String handler, boolean makesUp) throws InterruptedException {
        SimulatedTransaction transaction = Actors.current().transaction;
        world.ledger().require(transaction != null, "%s is handled outside a transaction", fate);
        world.trace(() -> Actors.current() + ": " + handler + (makesUp ? " makes up for " : " handles ") + fate);
        life.pass();
        hang(handler);
        requireNonNull(transaction).requireActive();
        Effect effect = new Effect(fate, handler, makesUp);
        if (world.has(Bug.EFFECTS_OUTSIDE_THE_TRANSACTION)) {
            world.ledger().committed(effect);
        } else {
            transaction.effects.add(effect);
        }
        life.pass();
        if (makesUp ? fate.poisonsCompensation : handler.equals(fate.poison)) {
            throw world.throwsErrors() ? new UnprintableFailure() : new IllegalStateException("simulated poison");
        }
        if (world.surprises()) {
            failUnexpectedly();
        }
        if (world.handlerFails()) {
            fail(transaction);
        }
    }

    private void hang(String handler) {
        Chance chance = world.chance();
        if (fate.hangs && handler.equals(handlers().get(0))) {
            world.actors().await(() -> !fate.hangs);
        } else if (world.handlerHangs()) {
            long until = world.now() + chance.between(1, 15) * 1000 * World.MILLI;
            world.trace(() -> Actors.current() + ": hangs");
            world.actors().await(() -> world.now() >= until);
        }
    }

    private void failUnexpectedly() throws InterruptedException {
        switch (world.chance().below(3)) {
            case 0 -> throw new UnprintableFailure();
            case 1 -> throw new InterruptedException("simulated");
            default -> throw world.error();
        }
    }

    private void fail(SimulatedTransaction transaction) {
        switch (world.chance().below(3)) {
            case 0 -> transaction.isMarkedForRollback = true;
            case 1 -> throw new ContentionException("simulated contention of a handler", new IllegalStateException());
            default -> throw new PosthornException("simulated failure");
        }
    }

    @Override
    public void failed(int attempt, Throwable failure) {
        life.pass();
        world.trace(() -> Actors.current() + ": " + fate.name + " has failed, attempt " + attempt + ": "
                + FailureText.ofItself(failure));
        if (fate.breaksMiddleware) {
            fate.unexpected++;
            throw world.error();
        }
    }

    @Override
    public WhenExhausted exhausted(int attempt, Throwable failure) {
        world.ledger()
                .require(
                        fate.mostCountedEver() >= world.scenario().maxAttempts(),
                        "%s is said to be exhausted, and has failed only %d times",
                        fate,
                        fate.allFailures);
        return fate.whenExhausted;
    }
}
