package dev.posthorn.jpa;

import dev.posthorn.WhenDead;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.IncomingMessage;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Received events as tests need them. */
final class Inbox {

    static final String CONSUMER = "warehouse";
    static final String CHANNEL = "orders-in";

    private Inbox() {}

    static InboxId id() {
        return new InboxId(CONSUMER, "/shop", UUID.randomUUID().toString());
    }

    /** As operators name it. */
    static ReceivedId received(InboxId id) {
        return new ReceivedId(id.source(), id.id());
    }

    static InboxEvent event() {
        return event(id());
    }

    static InboxEvent event(@Nullable String key) {
        return event(key, WhenDead.BLOCK);
    }

    static InboxEvent event(@Nullable String key, WhenDead whenDead) {
        return event(id(), CHANNEL, key, whenDead);
    }

    static InboxEvent event(InboxId id) {
        return event(id, CHANNEL, null, WhenDead.BLOCK);
    }

    static InboxEvent event(InboxId id, String channel, @Nullable String key, WhenDead whenDead) {
        return new InboxEvent(id, channel, "OrderPlaced", key, whenDead);
    }

    static IncomingMessage message() {
        return new IncomingMessage(
                CHANNEL, Map.of("type", "OrderPlaced"), Map.of(), "application/json", "k", "orders/0/17", new byte[] {1
                });
    }
}
