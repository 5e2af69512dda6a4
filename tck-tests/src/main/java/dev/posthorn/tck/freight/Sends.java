package dev.posthorn.tck.freight;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many events of each topic were handed to the channel, whatever became of them. */
@ApplicationScoped
public class Sends {

    private final Map<String, LongAdder> byTopic = new ConcurrentHashMap<>();

    void count(String topic) {
        byTopic.computeIfAbsent(topic, key -> new LongAdder()).increment();
    }

    long of(String topic) {
        LongAdder sends = byTopic.get(topic);
        return sends == null ? 0 : sends.sum();
    }
}
