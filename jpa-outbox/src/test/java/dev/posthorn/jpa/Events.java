package dev.posthorn.jpa;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.EventEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Events as tests need them. */
final class Events {

    static final String CHANNEL = "orders";

    private Events() {}

    static EventEnvelope event() {
        return withKey("key");
    }

    static EventEnvelope withKey(String key) {
        return event(CHANNEL, key, Map.of(), new byte[] {1});
    }

    static EventEnvelope on(String channel) {
        return event(channel, "key", Map.of(), new byte[] {1});
    }

    static EventEnvelope onTopic(String topic) {
        EventEnvelope like = withKey("key");
        return of(like.type(), like.source(), topic, like.contentType());
    }

    static EventEnvelope withHeaders(Map<String, String> headers) {
        return event(CHANNEL, "key", headers, new byte[] {1});
    }

    static EventEnvelope ofSize(int bytes) {
        return event(CHANNEL, "key", Map.of(), new byte[bytes]);
    }

    static List<EventEnvelope> events(int count) {
        return IntStream.range(0, count).mapToObj(i -> withKey("k" + i)).toList();
    }

    static EventEnvelope unordered(String key) {
        return event(CHANNEL, key, false, WhenDead.BLOCK, Map.of(), new byte[] {1});
    }

    static EventEnvelope whenDead(WhenDead whenDead) {
        return event("key", whenDead);
    }

    static EventEnvelope event(String key, WhenDead whenDead) {
        return event(CHANNEL, key, true, whenDead, Map.of(), new byte[] {1});
    }

    static EventEnvelope event(String channel, @Nullable String key, Map<String, String> headers, byte[] data) {
        return event(channel, key, true, WhenDead.BLOCK, headers, data);
    }

    private static EventEnvelope event(
            String channel,
            @Nullable String key,
            boolean ordered,
            WhenDead whenDead,
            Map<String, String> headers,
            byte[] data) {
        return new EventEnvelope(
                UUID.randomUUID(),
                "OrderPlaced",
                "/shop",
                Instant.parse("2026-03-04T05:06:07.123456789Z"),
                channel,
                "orders.placed",
                key,
                ordered,
                whenDead,
                "application/json",
                headers,
                data);
    }

    /** Events each of which has one thing that others have otherwise, beside its key. */
    static List<EventEnvelope> differingInOneThing() {
        EventEnvelope like = withKey("other");
        return List.of(
                like,
                on("other"),
                withHeaders(Map.of("some", "header")),
                unordered("other"),
                whenDead(WhenDead.SKIP),
                of("OrderPaid", like.source(), like.topic(), like.contentType()),
                of(like.type(), "/other", like.topic(), like.contentType()),
                of(like.type(), like.source(), "orders.paid", like.contentType()),
                of(like.type(), like.source(), like.topic(), "text/plain"));
    }

    private static EventEnvelope of(String type, String source, String topic, String contentType) {
        EventEnvelope like = withKey("other");
        return new EventEnvelope(
                like.id(),
                type,
                source,
                like.time(),
                like.channel(),
                topic,
                like.key(),
                like.ordered(),
                like.whenDead(),
                contentType,
                like.headers(),
                like.data());
    }
}
