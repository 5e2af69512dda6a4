package dev.posthorn.benchmarks.shipping;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the handlers of each channel have done. */
@ApplicationScoped
public class Handled {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String channel) {
        of(channel).increment();
    }

    long count(String channel) {
        return of(channel).sum();
    }

    private LongAdder of(String channel) {
        return counts.computeIfAbsent(channel, any -> new LongAdder());
    }
}
