package dev.posthorn.example.launcher;

import java.io.IOException;

/** One demo for tests of several classes, since it takes its time to start. */
final class SharedDemo {

    private static RunningDemo running;

    private SharedDemo() {}

    /** A demo that others use too, ready. */
    static synchronized RunningDemo get() throws IOException {
        if (running == null) {
            running = RunningDemo.start();
            Runtime.getRuntime().addShutdownHook(new Thread(SharedDemo::close));
        }
        return running.awaitReady();
    }

    /** The same, for who stops it: nobody else will get it from now on. */
    static synchronized RunningDemo take() throws IOException {
        RunningDemo taken = get();
        running = null;
        return taken;
    }

    private static synchronized void close() {
        if (running != null) {
            running.close();
        }
    }
}
