package dev.posthorn.inbox;

import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.IncomingMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one channel share.
 *
 * @param hold how long others leave an entry alone that this node works on step by step
 * @param wakePoll to be run when entries may be due
 */
record ChannelContext(
        String consumer,
        String channel,
        InboxSettings settings,
        Ports ports,
        Duration hold,
        Runnable wakePoll,
        StoreReports reports,
        UnhandledTypes unhandled,
        Repetitions repetitions) {

    /** An event that has been read into the classes of its handlers, under the id by which the inbox knows it. */
    record Opened(Work work, InboxEvent entry) {}

    InboxStore store() {
        return ports.store();
    }

    /**
     * Asks the store.
     *
     * @throws StoreAwayException if it does not answer, whatever it throws, or answers null
     */
    <T> T inStore(Supplier<T> question) {
        try {
            return Objects.requireNonNull(question.get(), "The store answered null.");
        } catch (Throwable e) {
            throw new StoreAwayException(e);
        }
    }

    /** @throws UnreadableMessageException if it is no event */
    ReceivedEvent read(IncomingMessage message) {
        return readable(() -> ports.reader().read(message));
    }

    /** Empty if nobody handles it here. */
    Optional<HandledType> typeOf(ReceivedEvent event) {
        return readable(() -> ports.types().apply(event.type()));
    }

    /** @throws UnreadableMessageException if its data or its key can't be read */
    Opened open(ReceivedEvent event, HandledType type) {
        return readable(() -> {
            Work work = type.open(event, channel);
            return new Opened(work, inboxEvent(event, type, work.idempotencyKey()));
        });
    }

    /**
     * Whatever reading throws says that the message can't be read, be it an exception or the error of a class that can't be linked.
     * Errors of the virtual machine say nothing of the message: the task has to try again.
     */
    private static <T> T readable(Supplier<T> reading) {
        try {
            return Objects.requireNonNull(reading.get(), "It was read as null.");
        } catch (UnreadableMessageException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new UnreadableMessageException("The message can't be read.", e);
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

    /** Lets the next entry of this key go on, if one of them has ended. What can't be done now, a sweep does. */
    void release(String key) {
        try {
            if (store().release(consumer, channel, key)) {
                wakePoll.run();
            }
        } catch (Throwable e) {
            InboxLog.notReleased(channel, key, e);
        }
    }

    InboxEvent inboxEvent(ReceivedEvent event, HandledType type, @Nullable String idempotencyKey) {
        InboxId id = Identity.of(consumer, event, type, idempotencyKey);
        return new InboxEvent(id, channel, type.name(), orderKey(event, type), type.whenDead());
    }

    /** What an event is whose type is handled, but not its class. */
    static String kindOf(ReceivedEvent event, Work work) {
        return event.type() + "' as '" + work.classes();
    }

    /** The key within which an event keeps its order, if it does. */
    static @Nullable String orderKey(ReceivedEvent event, HandledType type) {
        return type.ordered() ? event.key() : null;
    }
}
