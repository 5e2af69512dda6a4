package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.posthorn.WhenDead;
import dev.posthorn.spi.EventEnvelope;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events to send. */
final class Events {

    static final Instant FIRED = Instant.parse("2026-03-01T10:15:30.123456789Z");

    private Events() {}

    static EventEnvelope event(String channel, String topic, @Nullable String key, String data) {
        return new EventEnvelope(
                UUID.randomUUID(),
                "OrderPlaced",
                "/shop",
                FIRED,
                channel,
                topic,
                key,
                true,
                WhenDead.BLOCK,
                "application/json",
                Map.of("tenant", "acmé"),
                data.getBytes(UTF_8));
    }
}
