package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;

import dev.posthorn.Stub;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A source whose messages a test hands over itself. */
final class SampleSource implements EventSource {

    private final BiConsumer<String, Integer> opened;
    private final Map<String, Receiver> receivers = new TreeMap<>();

    /** @param opened takes each channel that is opened, with its window */
    SampleSource(BiConsumer<String, Integer> opened) {
        this.opened = opened;
    }

    Receiver receiver(String channel) {
        return requireNonNull(receivers.get(channel));
    }

    @Override
    public List<String> prepare(Set<String> channels) {
        return List.of();
    }

    @Override
    public Subscription open(String channel, int window, Receiver receiver) {
        opened.accept(channel, window);
        receivers.put(channel, receiver);
        return Stub.silent(Subscription.class);
    }

    @Override
    public Arrival arrival(String channel, Object message) {
        throw new UnsupportedOperationException();
    }
}
