package dev.posthorn.inbox;

import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one channel share.
 *
 * @param hold how long others leave an entry alone that this node works on step by step
 * @param wakePoll says that entries may be due
 */
record ChannelContext(
        String consumer, String channel, InboxSettings settings, Ports ports, Duration hold, Runnable wakePoll) {

    /** What stands in the place of the source of an event that is told by its idempotency key, before its type. */
    private static final String KEY_SOURCE = "key:";

    /** Whether an event that has an idempotency key is told by it already. */
    static boolean isToldByKey(InboxId id) {
        return id.source().startsWith(KEY_SOURCE);
    }

    InboxStore store() {
        return ports.store();
    }

    /**
     * Asks the store.
     *
     * @throws StoreAwayException if it does not answer
     */
    <T> T inStore(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new StoreAwayException(e);
        }
    }

    Attempt attempt(Attempt.Fence fence) {
        return new Attempt(ports.transaction(), settings.handlingTimeout(), fence);
    }

    Duration delayAfter(int attempts, String type, InboxId id) {
        return settings.retryOf(type).delayAfter(attempts, id);
    }

    boolean isLast(int attempts, String type) {
        return settings.retryOf(type).isLast(attempts);
    }

    /** An entry of this key may have come to its end: then the next one goes on. What can't be done now, a sweep does. */
    void release(String key) {
        try {
            if (store().release(consumer, channel, key)) {
                wakePoll.run();
            }
        } catch (RuntimeException e) {
            InboxLog.notReleased(channel, key, e);
        }
    }

    InboxEvent inboxEvent(ReceivedEvent event, HandledType type, @Nullable String idempotencyKey) {
        InboxId id = idempotencyKey == null
                ? new InboxId(consumer, event.source(), event.id())
                : new InboxId(consumer, KEY_SOURCE + type.name(), idempotencyKey);
        return new InboxEvent(id, channel, type.name(), orderKey(event, type), type.whenDead());
    }

    /** The key within which an event keeps its order, if it does. */
    static @Nullable String orderKey(ReceivedEvent event, HandledType type) {
        return type.ordered() ? event.key() : null;
    }
}
