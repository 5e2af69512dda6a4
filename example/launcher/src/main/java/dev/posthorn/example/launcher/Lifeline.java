package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends a process that the launcher started when its standard input ends: that is how the launcher asks it to stop, on every
 * operating system alike, and what happens by itself when the launcher is killed. An agent, since neither Payara nor Kafka would
 * do it.
 */
public final class Lifeline {

    private Lifeline() {}

    /** Called by the JVM before the {@code main} of the process. */
    public static void premain(String arguments) {
        Thread watch = new Thread(Lifeline::awaitEnd, "lifeline");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // as good as its end
        }
        System.exit(0);
    }
}
