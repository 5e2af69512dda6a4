package dev.posthorn.benchmarks.plain;

import java.util.concurrent.Callable;

/** A relay that does the same again and again. */
public final class RelayThread implements Relay {

    private final String name;
    private final Callable<?> step;
    private volatile boolean stopped = true;
    private Thread thread = new Thread();

    /** @param step returns when there is more to do; may be interrupted */
    public RelayThread(String name, Callable<?> step) {
        this.name = name;
        this.step = step;
    }

    @Override
    public synchronized void start() {
        if (stopped) {
            stopped = false;
            thread = new Thread(this::run, name);
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
