package dev.posthorn.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Processor time as Linux counts it, in microseconds; it counts in steps of 10 ms. */
public final class ProcessTimes {

    /** What {@code getconf CLK_TCK} says on every Linux of today: 100 per second. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    /** In the first line of {@code /proc/stat}. */
    private static final int IDLE = 3;

    private static final int WAITING_FOR_IO = 4;
    private static final int STOLEN = 7;

    private ProcessTimes() {}

    /** Of one process. */
    public static long of(long pid) {
        return sum(stat(pid), USER, SYSTEM);
    }

    /** Of one thread, by the number that Linux knows it by. */
    public static long ofThread(long pid, long thread) {
        return sum(
                fields(read(Path.of("/proc", Long.toString(pid), "task", Long.toString(thread), "stat"))),
                USER,
                SYSTEM);
    }

    /** Of the compiler's threads in a JVM, as long as they live; it is part of the process's. */
    public static long ofCompiler(long jvm) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(jvm), "task"))) {
            return threads.map(thread -> read(thread.resolve("stat")))
                    .filter(stat -> stat.contains("CompilerThre"))
                    .mapToLong(stat -> sum(fields(stat), USER, SYSTEM))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a process and its children, those that have ended included. */
    public static long withChildren(long pid) {
        long children = ProcessHandle.of(pid)
                .orElseThrow()
                .children()
                .mapToLong(child -> of(child.pid()))
                .sum();
        return children + sum(stat(pid), USER, SYSTEM, ENDED_CHILDREN_USER, ENDED_CHILDREN_SYSTEM);
    }

    /** Of all processes of the machine. */
    public static long ofMachine() {
        List<Long> ticks = cpuLine();
        return (total(ticks) - ticks.get(IDLE) - ticks.get(WAITING_FOR_IO) - ticks.get(STOLEN)) * MICROS_PER_TICK;
    }

    /** What a virtual machine wanted to spend while its host gave the processors to others; 0 on a real one. */
    public static long stolen() {
        return cpuLine().get(STOLEN) * MICROS_PER_TICK;
    }

    /** What the machine could have spent: idle time included. */
    public static long available() {
        return total(cpuLine()) * MICROS_PER_TICK;
    }

    private static List<Long> cpuLine() {
        String line = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
        return Arrays.stream(line.strip().split("\\s+"))
                .skip(1)
                .limit(STOLEN + 1)
                .map(Long::valueOf)
                .toList();
    }

    private static long total(List<Long> ticks) {
        return ticks.stream().mapToLong(Long::longValue).sum();
    }

    private static String[] stat(long pid) {
        return fields(read(Path.of("/proc", Long.toString(pid), "stat")));
    }

    /** The fields after the name, which may have spaces in it; nothing for a process that has ended. */
    private static String[] fields(String stat) {
        return stat.isEmpty()
                ? new String[0]
                : stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    private static long sum(String[] stat, int... fields) {
        return stat.length == 0
                ? 0
                : Arrays.stream(fields)
                                .mapToLong(field -> Long.parseLong(stat[field]))
                                .sum()
                        * MICROS_PER_TICK;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
