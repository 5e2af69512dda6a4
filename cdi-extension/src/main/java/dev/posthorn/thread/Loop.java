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

    /** A thread that has not begun by then never will: its start failed where nobody could see it. */
    private static final Duration SLOWEST_START = Duration.ofSeconds(10);

    private final String name;
    private final Runnable pass;
    private final Executor executor;
    private final BiConsumer<String, Throwable> failures;
    private final long gather;
    private final long stay;
    private final long slowestStart;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /** A thread that was asked for and has not begun yet. */
    private final AtomicReference<@Nullable Start> starting = new AtomicReference<>();

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
        this(name, pass, executor, gather, stay, SLOWEST_START, failures);
    }

    /** @param slowestStart how long a thread may take to begin before another one is asked for */
    Loop(
            String name,
            Runnable pass,
            Executor executor,
            Duration gather,
            Duration stay,
            Duration slowestStart,
            BiConsumer<String, Throwable> failures) {
        this.name = name;
        this.pass = pass;
        this.executor = executor;
        this.failures = failures;
        this.gather = gather.toNanos();
        this.stay = stay.toNanos();
        this.slowestStart = slowestStart.toNanos();
    }

    public void signal() {
        while (true) {
            State seen = requireNonNull(state.get());
            switch (seen) {
                case SIGNALLED -> {
                    startAgainIfLost();
                    return;
                }
                case STOPPED -> {
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
        start(new Start());
    }

    private void start(Start start) {
        starting.set(start);
        try {
            executor.execute(start);
        } catch (Throwable e) {
            // No thread now, of which a server with too many of them tells by an Error; the next signal, from the
            // pulse at the latest, tries again.
            if (starting.compareAndSet(start, null)) {
                state.compareAndSet(State.SIGNALLED, State.IDLE);
            }
            report(e);
        }
    }

    /** Executors may lose a task without a word, for example if it fails on its way to the new thread. */
    private void startAgainIfLost() {
        Start lost = starting.get();
        if (lost != null && System.nanoTime() - lost.askedAt > slowestStart) {
            Start again = new Start();
            if (starting.compareAndSet(lost, again)) {
                start(again);
            }
        }
    }

    /** One thread's stay in the loop. */
    private final class Start implements Runnable {

        private final long askedAt = System.nanoTime();

        @Override
        public void run() {
            // Unless it took so long that another thread has taken its place.
            if (starting.compareAndSet(this, null)) {
                stay();
            }
        }
    }

    private void stay() {
        Thread current = Thread.currentThread();
        String formerName = current.getName();
        thread = current;
        boolean hasLeft = false;
        try {
            current.setName("posthorn " + name);
            makePasses();
            hasLeft = true;
        } finally {
            if (!hasLeft) {
                dropOut();
            }
            current.setName(formerName);
        }
    }

    /** Something has thrown that never should. The next signal starts again. */
    private void dropOut() {
        State last = requireNonNull(state.get());
        while (last != State.STOPPED && !state.compareAndSet(last, State.IDLE)) {
            last = requireNonNull(state.get());
        }
    }

    private void makePasses() {
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
            report(e);
        }
    }

    private void report(Throwable failure) {
        try {
            failures.accept(name, failure);
        } catch (Throwable e) {
            // Where even this fails, for want of memory perhaps, there is nobody left to tell.
        }
    }

    private void waitForMore() {
        long until = System.nanoTime() + gather;
        for (long left = gather; left > 0 && mayWait(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** An interrupted thread can't wait: it would spin. */
    private boolean mayWait() {
        return state.get() != State.STOPPED && !Thread.currentThread().isInterrupted();
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
