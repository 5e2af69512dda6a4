package dev.posthorn.channel;

import static java.util.Objects.requireNonNull;

import dev.posthorn.WhenDead;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events, settings and answers for scenarios. */
public final class Samples {

    public static final Node NODE = new Node("node", "app");
    public static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final AtomicLong LAST = new AtomicLong();

    private Samples() {}

    public static EventEnvelope event(@Nullable String key) {
        return event(key, 10);
    }

    public static EventEnvelope event(@Nullable String key, int size) {
        return event(key, "topic", size);
    }

    public static EventEnvelope event(@Nullable String key, String topic) {
        return event(key, topic, 10);
    }

    private static EventEnvelope event(@Nullable String key, String topic, int size) {
        return event("channel", key, topic, size);
    }

    /** One of any other channel, without a key. */
    public static EventEnvelope eventOn(String channel) {
        return event(channel, null, "topic", 10);
    }

    private static EventEnvelope event(String channel, @Nullable String key, String topic, int size) {
        return new EventEnvelope(
                new UUID(1, LAST.incrementAndGet()),
                "Sample",
                "test",
                Instant.EPOCH,
                channel,
                topic,
                key,
                true,
                WhenDead.BLOCK,
                "text/plain",
                Map.of(),
                new byte[size]);
    }

    /** The number that the store gives to an event that was made here: its id ends with it. */
    public static long number(EventEnvelope event) {
        return event.id().getLeastSignificantBits();
    }

    public static List<Long> numbers(List<EventEnvelope> events) {
        return events.stream().map(Samples::number).toList();
    }

    /** Room for four events of ten bytes, one of which may be read at a time; two in flight. */
    public static ChannelSettings settings() {
        return new ChannelSettings(
                4,
                40,
                2,
                1000,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(8),
                Duration.ofSeconds(60),
                new RetryPolicy(10, Duration.ofSeconds(2), Duration.ofSeconds(60), 0),
                Map.of(),
                2,
                10,
                true);
    }

    /** Events have been stored, and their transaction has not ended. */
    static Ticket stored(Channel channel, List<EventEnvelope> events, long now) {
        return channel.ticket(NODE, events, numbers(events), now);
    }

    /** Lets a first event be taken: before that, its topic takes one at a time. */
    public static void open(Channel channel) {
        channel.committed(stored(channel, List.of(event(null)), 0));
        channel.sends().acknowledged(requireNonNull(channel.sends().next(0)));
        channel.marks().marked(channel.marks().next(), 0);
    }

    /** Answers all questions so that nothing but what is here is in the way. */
    public static void letAllGo(Channel channel) {
        Question question = channel.questions().next(0);
        while (question != null) {
            channel.questions().answered(question, now(question.numbers()), 0);
            question = channel.questions().next(0);
        }
    }

    /** That it is the turn of all of these. */
    public static Map<Long, Turn> now(Collection<?> numbers) {
        return numbers.stream().map(Long.class::cast).collect(Collectors.toMap(Function.identity(), seq -> Turn.NOW));
    }

    public static Unsent allOf(EventEnvelope... events) {
        return new Unsent(stored(events), true);
    }

    public static Unsent someOf(EventEnvelope... events) {
        return new Unsent(stored(events), false);
    }

    private static List<StoredEvent> stored(EventEnvelope... events) {
        List<StoredEvent> rows = new ArrayList<>();
        for (EventEnvelope event : events) {
            rows.add(new StoredEvent(number(event), 0, event));
        }
        return rows;
    }
}
