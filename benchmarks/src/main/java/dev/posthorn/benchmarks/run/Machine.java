package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.ProcessTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that everything shares. */
final class Machine {

    private static final double QUIET = 0.15;

    private static final int LONGEST_COMPILATION_SECONDS = 20;

    private Machine() {}

    /** Waits until the compiler of a JVM has done what it was given: under load it may lag minutes behind. */
    static void awaitCompiled(long jvm) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_COMPILATION_SECONDS * 1_000_000_000L;
        long before = -1;
        for (long now = ProcessTimes.ofCompiler(jvm); now != before && System.nanoTime() < deadline; ) {
            Thread.sleep(100);
            before = now;
            now = ProcessTimes.ofCompiler(jvm);
        }
    }

    /** Waits until next to nothing runs on it or, if it is a virtual one, beside it; but not for ever. */
    static void awaitQuiet(int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            long used = used();
            long available = ProcessTimes.available();
            Thread.sleep(500);
            if (used() - used < QUIET * (ProcessTimes.available() - available)) {
                return;
            }
        }
    }

    private static long used() {
        return ProcessTimes.ofMachine() + ProcessTimes.stolen();
    }

    static String description(Path data) throws IOException {
        return "%d processors, %s %s, JDK %s, data on %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        Files.getFileStore(data).type());
    }
}
