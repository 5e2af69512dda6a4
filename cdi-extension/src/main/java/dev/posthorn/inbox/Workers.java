package dev.posthorn.inbox;

import dev.posthorn.inbox.Task.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The threads that run a channel's tasks: as many as there are tasks, up to a bound. They stay for a while when there is nothing to do,
 * since waking a thread is cheaper than starting one.
 */
final class Workers {

    private final KeyedQueue queue;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final long stay;
    private final int most;
    private final Backoff backoff;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private int started;
    private int idle;
    private int signals;
    private boolean stopped;

    Workers(KeyedQueue queue, Threads threads, int most, Backoff backoff) {
        this.queue = queue;
        this.executor = threads.executor();
        this.nanoTime = threads.nanoTime();
        this.stay = threads.stay().toNanos();
        this.most = most;
        this.backoff = backoff;
    }

    void submit(Task task) {
        queue.add(new RepeatableTask(task, nanoTime));
        wake();
    }

    /** To be called when there may be something to do: after a task was added, and from time to time. */
    void wake() {
        boolean start = false;
        lock.lock();
        try {
            if (stopped || !isRunnable()) {
                return;
            }
            if (idle > signals) {
                signals++;
                work.signal();
            } else if (started < most) {
                started++;
                start = true;
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /** No task begins after this; those that are being run go on. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        try {
            executor.execute(this::run);
        } catch (Throwable e) {
            // No thread now, perhaps since the process may have no more of them. The next wake tries again, at the
            // latest the pulse's.
            leave();
            InboxLog.noThread(e);
        }
    }

    private void run() {
        boolean left = false;
        try {
            do {
                runReady();
            } while (awaitWork());
            left = true;
        } finally {
            if (!left) {
                leave();
            }
        }
    }

    private void leave() {
        lock.lock();
        try {
            started--;
        } finally {
            lock.unlock();
        }
    }

    private void runReady() {
        while (!backoff.isOn() && !isStopped() && !Thread.currentThread().isInterrupted()) {
            RepeatableTask task = queue.take();
            if (task == null) {
                return;
            }
            // What has become ready meanwhile may have found every thread busy.
            if (queue.hasReady()) {
                wake();
            }
            run(task);
        }
    }

    /** Whatever happens, the task does not vanish: its event would lose its place. */
    private void run(RepeatableTask task) {
        Outcome outcome = Outcome.POSTPONED;
        try {
            outcome = task.run();
        } finally {
            settle(task, outcome);
        }
    }

    private void settle(RepeatableTask task, Outcome outcome) {
        switch (outcome) {
            case AGAIN -> {
                queue.later(task, task.rest());
                backoff.begin();
            }
            case POSTPONED -> queue.later(task, task.rest());
            case LEFT -> queue.done(task);
            case DONE -> {
                queue.done(task);
                backoff.end();
            }
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do as long as the thread may stay. */
    private boolean awaitWork() {
        lock.lock();
        try {
            if (Thread.currentThread().isInterrupted()) {
                started--;
                return false;
            }
            idle++;
            long left = stay;
            while (!stopped && signals == 0 && !isRunnable() && left > 0) {
                left = work.awaitNanos(left);
            }
            idle--;
            if (stopped || (signals == 0 && !isRunnable())) {
                started--;
                return false;
            }
            signals = Math.max(0, signals - 1);
            return true;
        } catch (InterruptedException e) {
            // The server takes its thread back.
            Thread.currentThread().interrupt();
            idle--;
            started--;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunnable() {
        return !backoff.isOn() && queue.hasReady();
    }
}
