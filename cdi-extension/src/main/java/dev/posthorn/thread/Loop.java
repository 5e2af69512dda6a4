package dev.posthorn.thread;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a pass after each signal, on one thread at a time. Signals that come during a pass are one signal. The thread stays for a
 * while when there is nothing to do, since waking a parked thread is cheaper than starting one; then it is given back.
 */
public final class Loop {

    private enum State {
        IDLE,
        PARKED,
        RUNNING,
        SIGNALLED,
        STOPPED
    }

    private static final Duration STAY = Duration.ofSeconds(15);

    private final String name;
    private final Runnable pass;
    private final Executor executor;
    private final BiConsumer<String, Throwable> failures;
    private final long gather;
    private final long stay;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile @Nullable Thread thread;

    /** When to make a pass without a signal, by {@link System#nanoTime}; only the loop's own thread asks for that. */
    private long ownPassAt;

    private boolean wantsOwnPass;

    /**
     * @param gather how long to wait after a signal for more of them, so that one pass serves many
     * @param failures takes the name of the loop and what a pass, or the start of a thread, has thrown
     */
    public Loop(
            String name, Runnable pass, Executor executor, Duration gather, BiConsumer<String, Throwable> failures) {
        this(name, pass, executor, gather, STAY, failures);
    }

    /** @param stay how long the thread stays when there is nothing to do */
    public Loop(
            String name,
            Runnable pass,
            Executor executor,
            Duration gather,
            Duration stay,
            BiConsumer<String, Throwable> failures) {
        this.name = name;
        this.pass = pass;
        this.executor = executor;
        this.failures = failures;
        this.gather = gather.toNanos();
        this.stay = stay.toNanos();
    }

    public void signal() {
        while (true) {
            State seen = requireNonNull(state.get());
            switch (seen) {
                case SIGNALLED, STOPPED -> {
                    return;
                }
                case RUNNING -> {
                    if (state.compareAndSet(seen, State.SIGNALLED)) {
                        return;
                    }
                }
                case PARKED -> {
                    if (state.compareAndSet(seen, State.SIGNALLED)) {
                        LockSupport.unpark(thread);
                        return;
                    }
                }
                case IDLE -> {
                    if (state.compareAndSet(seen, State.SIGNALLED)) {
                        start();
                        return;
                    }
                }
            }
        }
    }

    /**
     * Asks for a pass after this time, if no signal comes before. To be called by the pass itself. If the thread can't stay that
     * long, nothing happens.
     */
    public void signalWithin(Duration time) {
        if (Thread.currentThread() == thread) {
            ownPassAt = System.nanoTime() + time.toNanos();
            wantsOwnPass = true;
        }
    }

    /** No pass begins after this; one that is being made goes on. */
    public void stop() {
        if (state.getAndSet(State.STOPPED) == State.PARKED) {
            LockSupport.unpark(thread);
        }
    }

    private void start() {
        try {
            executor.execute(this::run);
        } catch (RuntimeException e) {
            // No thread now; the next signal, from the pulse at the latest, tries again.
            state.compareAndSet(State.SIGNALLED, State.IDLE);
            failures.accept(name, e);
        }
    }

    private void run() {
        thread = Thread.currentThread();
        do {
            waitForMore();
            if (!state.compareAndSet(State.SIGNALLED, State.RUNNING)) {
                return;
            }
            makePass();
        } while (isSignalled());
    }

    private void makePass() {
        wantsOwnPass = false;
        try {
            pass.run();
        } catch (Throwable e) {
            // A loop never dies, not even of a class that cannot be loaded. The next pass, after the next pulse at the
            // latest, finds again what was to be done.
            failures.accept(name, e);
        }
    }

    private void waitForMore() {
        long until = System.nanoTime() + gather;
        for (long left = gather; left > 0 && state.get() != State.STOPPED; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Waits for a signal as long as the thread may stay. */
    private boolean isSignalled() {
        if (state.compareAndSet(State.RUNNING, State.PARKED)) {
            long until = System.nanoTime() + stay;
            for (long left = stay; left > 0 && state.get() == State.PARKED; left = until - System.nanoTime()) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                if (wantsOwnPass && ownPassAt - System.nanoTime() <= 0) {
                    signal();
                } else {
                    LockSupport.parkNanos(this, wantsOwnPass ? Math.min(left, ownPassAt - System.nanoTime()) : left);
                }
            }
        }
        return !state.compareAndSet(State.PARKED, State.IDLE) && state.get() == State.SIGNALLED;
    }
}
