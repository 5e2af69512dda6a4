package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long something took, each time, and when. */
final class Latencies {

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(long start, Duration length) {}

    /** From {@code start} on, until now. */
    void add(long startNanoTime) {
        add(startNanoTime, Duration.ofNanos(System.nanoTime() - startNanoTime));
    }

    synchronized void add(long startNanoTime, Duration length) {
        samples.add(new Sample(startNanoTime, length));
    }

    /** Of what began in this time. */
    synchronized String between(long fromNanoTime, long toNanoTime) {
        List<Duration> sorted = samples.stream()
                .filter(each -> each.start() - fromNanoTime >= 0 && each.start() - toNanoTime < 0)
                .map(Sample::length)
                .sorted()
                .toList();
        return sorted.isEmpty()
                ? "none"
                : "%d, median %d ms, 99%% within %d ms, longest %d ms"
                        .formatted(sorted.size(), quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1));
    }

    private static long quantile(List<Duration> sorted, double part) {
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(index, 0)).toMillis();
    }
}
