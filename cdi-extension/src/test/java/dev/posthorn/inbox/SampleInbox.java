package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.WhenDead;
import dev.posthorn.receive.MessageReader;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.IncomingMessage;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An inbox of some channels with a store and a type of its own, on threads that a test gives it. */
final class SampleInbox {

    static final int PARALLELISM = 2;

    final SampleStore store = new SampleStore();
    final SampleType type = new SampleType();
    final AtomicLong now = new AtomicLong();
    final Inbox inbox;

    /** What the broker is told, in order. */
    final List<String> answers = Collections.synchronizedList(new ArrayList<>());

    private final SampleSource source = new SampleSource((channel, window) -> {});

    SampleInbox(Executor threads, int maxAttempts, String... channels) {
        RetryPolicy retry = new RetryPolicy(maxAttempts, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
        InboxSettings settings =
                new InboxSettings(100, PARALLELISM, false, Duration.ofSeconds(30), false, Map.of(), retry, Map.of());
        Map<String, InboxSettings> ofChannels = new TreeMap<>();
        for (String channel : channels) {
            ofChannels.put(channel, settings);
        }
        Ports ports = new Ports(
                store,
                new Committing(),
                new MessageReader(channel -> channel.equals("plain") ? Optional.of("known") : Optional.empty()),
                new StoreWatch(now::get),
                name -> name.equals("known") ? Optional.of(type) : Optional.empty());
        inbox = new Inbox("app", ofChannels, ports, new Threads(threads, Duration.ZERO, now::get));
        inbox.open(source, Set.of(channels));
    }

    /** An entry that is due at once. */
    void due(String channel, String id) {
        InboxEvent event = new InboxEvent(new InboxId("app", "/sender", id), channel, "known", null, WhenDead.BLOCK);
        store.entries.put(event.id(), new InboxEntry(event, message(channel, id, null), 0, 0, List.of(), false, null));
    }

    /** The same entry after two failures, of which the store can't read everything. */
    static InboxEntry unreadable(InboxEntry entry, String problem) {
        return new InboxEntry(entry.event(), entry.message(), entry.version(), 2, List.of(), false, null, problem);
    }

    void arrive(String channel, String id, @Nullable String key) {
        arrive(id, message(channel, id, key));
    }

    void arrive(String id, IncomingMessage message) {
        receiver(message.channel()).arrived(arrival(id, message));
    }

    EventSource.Receiver receiver(String channel) {
        return source.receiver(channel);
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
        inbox.pulse();
    }

    static IncomingMessage message(String channel, String id, @Nullable String key) {
        Map<String, String> attributes = Map.of("specversion", "1.0", "id", id, "source", "/sender", "type", "known");
        return new IncomingMessage(channel, attributes, Map.of(), null, key, "0@" + id, new byte[0]);
    }

    Arrival arrival(String id, IncomingMessage message) {
        return new Arrival() {
            @Override
            public IncomingMessage message() {
                return message;
            }

            @Override
            public CompletionStage<?> acknowledge() {
                return answer("ack " + id);
            }

            @Override
            public CompletionStage<?> refuse(Throwable why) {
                return answer("refuse " + id);
            }
        };
    }

    CompletionStage<?> answer(String what) {
        answers.add(what);
        return CompletableFuture.completedFuture(what);
    }

    private static final class Committing implements HandlingTransaction {

        @Override
        public void run(Duration timeout, Next work) throws Exception {
            work.proceed();
        }

        @Override
        public void requireCommittable() {}
    }
}
