package dev.posthorn.tck.replacement;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given. */
@ApplicationScoped
public class Telegraph implements EventTransport {

    private final List<EventEnvelope> sent = new CopyOnWriteArrayList<>();
    private volatile Set<String> channels = Set.of();

    @Override
    public List<String> prepare(Set<String> preparedChannels) {
        channels = Set.copyOf(preparedChannels);
        return List.of();
    }

    @Override
    public CompletionStage<?> send(EventEnvelope event) {
        sent.add(event);
        return CompletableFuture.completedStage(null);
    }

    public List<EventEnvelope> sent(String key) {
        return sent.stream().filter(event -> key.equals(event.key())).toList();
    }

    public Set<String> channels() {
        return channels;
    }
}
