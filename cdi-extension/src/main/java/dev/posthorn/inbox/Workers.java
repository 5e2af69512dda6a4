package dev.posthorn.inbox;

import dev.posthorn.inbox.Task.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that run a channel's tasks: as many as there are tasks, up to a bound. They stay for a while when there is nothing to do,
 * since waking a thread is cheaper than starting one.
 */
final class Workers {

    private final KeyedQueue queue;
    private final Executor executor;
    private final long stay;
    private final int most;
    private final Pause pause;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private int started;
    private int idle;
    private int signals;
    private boolean stopped;

    Workers(KeyedQueue queue, Threads threads, int most, Pause pause) {
        this.queue = queue;
        this.executor = threads.executor();
        this.stay = threads.stay().toNanos();
        this.most = most;
        this.pause = pause;
    }

    void submit(Task task) {
        queue.add(task);
        wake();
    }

    /** To be called when there may be something to do: after a task was added, when a pause is over, and from time to time. */
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
        } catch (RuntimeException e) {
            // No thread now; the next wake, from the pulse at the latest, tries again.
            InboxLog.noThread(e);
            lock.lock();
            try {
                started--;
            } finally {
                lock.unlock();
            }
        }
    }

    private void run() {
        do {
            runReady();
        } while (awaitWork());
    }

    private void runReady() {
        while (!pause.isOn() && !isStopped()) {
            Task task = queue.take();
            if (task == null) {
                return;
            }
            // What has become ready meanwhile may have found every thread busy.
            if (queue.hasReady()) {
                wake();
            }
            switch (run(task)) {
                case AGAIN -> {
                    queue.again(task);
                    pause.begin();
                }
                case LEFT -> queue.done(task);
                case DONE -> {
                    queue.done(task);
                    pause.isOver();
                }
            }
        }
    }

    private static Outcome run(Task task) {
        try {
            return task.run();
        } catch (Throwable e) {
            // A worker never dies. The task stays: dropping it would lose the place of its event.
            InboxLog.taskFailed(task, e);
            return Outcome.AGAIN;
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
        return !pause.isOn() && queue.hasReady();
    }
}
