package dev.posthorn.benchmarks.relay;

import dev.posthorn.benchmarks.load.Relay;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;

/** A relay that does the same again and again. */
public final class RelayThread implements Relay {

    private final String name;
    private final Callable<?> step;
    private final ThreadFactory threads;
    private volatile boolean stopped = true;
    private Thread thread = new Thread();

    /** @param step returns when there is more to do; may be interrupted */
    public RelayThread(String name, Callable<?> step) {
        this(name, step, Thread::new);
    }

    /**
     * @param step returns when there is more to do; may be interrupted
     * @param threads the server's, on a server
     */
    public RelayThread(String name, Callable<?> step, ThreadFactory threads) {
        this.name = name;
        this.step = step;
        this.threads = threads;
    }

    @Override
    public synchronized void start() {
        if (stopped) {
            stopped = false;
            thread = threads.newThread(this::run);
            thread.setName(name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                step.call();
            }
        } catch (Exception e) {
            if (!stopped) {
                throw new IllegalStateException("The relay '" + name + "' gave up", e);
            }
        }
    }

    @Override
    public synchronized void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
    }
}
