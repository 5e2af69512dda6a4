package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which exactly one runs at a time: it hands the baton on at points that it chooses itself. Who gets it is decided by the
 * dice, so that the same seed makes the same run.
 */
final class Actors {

    private static final long PATIENCE_SECONDS = 120;

    private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "actor");
        thread.setDaemon(true);
        return thread;
    });

    /** One of the threads. */
    static final class Actor {
        final @Nullable Life life;
        final String name;
        private final Semaphore baton = new Semaphore(0);
        private BooleanSupplier awaited = () -> true;

        /** The transaction that it has begun and not ended. */
        @Nullable
        SimulatedTransaction transaction;

        private Actor(@Nullable Life life, String name) {
            this.life = life;
            this.name = name;
        }

        /** Whether it would go on if it got the baton. */
        boolean isReady() {
            return (life == null || !life.standsStill()) && (isOver() || awaited.getAsBoolean());
        }

        private boolean isOver() {
            return life != null && life.hasCrashed();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Supplier<Actor> next;
    private final Consumer<Throwable> unexpected;
    private final Actor main = new Actor(null, "main");
    private final List<Actor> actors = new ArrayList<>();
    private boolean ended;

    /**
     * @param next who gets the baton: one that is ready, or the main thread
     * @param unexpected told what has ended a thread
     */
    Actors(Supplier<Actor> next, Consumer<Throwable> unexpected) {
        this.next = next;
        this.unexpected = unexpected;
        CURRENT.set(main);
    }

    static Actor current() {
        return requireNonNull(CURRENT.get(), "a thread of the simulation");
    }

    Actor main() {
        return main;
    }

    List<Actor> all() {
        return actors;
    }

    void start(Life life, String name, Runnable body) {
        Actor actor = new Actor(life, name);
        actors.add(actor);
        THREADS.execute(() -> run(actor, body));
    }

    private void run(Actor actor, Runnable body) {
        actor.baton.acquireUninterruptibly();
        CURRENT.set(actor);
        try {
            if (!ended && !actor.isOver()) {
                body.run();
            }
        } catch (Crashed e) {
            // What a dead node was doing ends here; the world goes on.
        } catch (Throwable e) {
            unexpected.accept(e);
        } finally {
            actors.remove(actor);
            CURRENT.remove();
            Thread.interrupted();
            choose().baton.release();
        }
    }

    /** Lets others go on, perhaps. What belongs to a node that has crashed meanwhile does not come back. */
    void pass() {
        await(() -> true);
    }

    /** Lets others go on at least until this is so. */
    void await(BooleanSupplier condition) {
        Actor self = current();
        if (!ended && !self.isOver()) {
            self.awaited = condition;
            Actor chosen = choose();
            if (chosen != self) {
                chosen.baton.release();
                takeBaton(self);
            }
        }
        if ((ended && self != main) || self.isOver()) {
            throw new Crashed();
        }
    }

    /** A thread that a handler has left interrupted waits all the same. */
    private void takeBaton(Actor self) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!self.baton.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Violation("A thread does not come back: a deadlock, or a loop without end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Actor choose() {
        if (ended) {
            return actors.isEmpty() ? main : actors.get(0);
        }
        return next.get();
    }

    /** Ends all threads, each where it stands. */
    void end() {
        ended = true;
        while (!actors.isEmpty()) {
            actors.get(0).baton.release();
            takeBaton(main);
        }
        CURRENT.remove();
    }
}
