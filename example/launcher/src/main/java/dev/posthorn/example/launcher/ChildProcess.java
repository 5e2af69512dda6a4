package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A JVM beside this one: it writes to a log file, and ends with this one. */
final class ChildProcess {

    static final Duration START = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final int LAST_WORDS = 30;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a JVM like the one that runs this. It works in {@code directory}, temporary files included. */
    static ChildProcess java(Assembly assembly, Path directory, Path log, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + assembly.launcherJar());
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-XX:TieredStopAtLevel=1"); // ready soon, rather than fast after hours
        command.addAll(arguments);
        try {
            Files.createDirectories(directory);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready. */
    void await(String name, BooleanSupplier ready) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new DemoFailedException(name + " ended while starting; see " + log + lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException(name + " is not ready after " + START.toSeconds() + " s; see " + log);
            }
            pause();
        }
    }

    /** Whether its log, which it began itself, has this text. */
    boolean logContains(String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return ", which ends:\n\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException e) {
            return " (" + e + ")";
        }
    }

    Path log() {
        return log;
    }

    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** Returns when it is gone. */
    void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("Interrupted.");
        }
    }
}
