package dev.posthorn.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Whether Posthorn runs. Several callbacks of a server start and stop it: the first of them counts. */
final class Running {

    private final Lock lock = new ReentrantLock();
    private volatile boolean yes;

    boolean isSo() {
        return yes;
    }

    /** To be called by what starts it and by what stops it. */
    void set(boolean running) {
        yes = running;
    }

    /** Starts it, unless it runs. */
    void start(Runnable work) {
        lock.lock();
        try {
            if (!yes) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops it if it runs, and if nobody else starts or stops it for longer than that. */
    void stop(Duration patience, Runnable work) {
        if (!yes || !isMine(patience)) {
            return;
        }
        try {
            if (yes) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isMine(Duration patience) {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
