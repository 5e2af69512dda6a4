package dev.posthorn.inbox;

import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.IncomingMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what the inbox tells received messages apart. Each kind has sources that no other kind can have: whatever somebody writes into an
 * event, it is taken for no plain message, no business id and no message that can't be read.
 */
enum Identity {
    /** A CloudEvent, by its source and id. */
    EVENT("event:"),
    /** A message that is no CloudEvent, by its channel and its position there. */
    PLAIN("channel:"),
    /** An event with an idempotency key, by its type and that key. */
    BUSINESS("key:"),
    /** A message that can't be read, by its channel and its position, or by its content where the broker gives no position. */
    UNREADABLE("unreadable:");

    private static final List<Identity> ALL = List.of(values());

    private final String prefix;

    Identity(String prefix) {
        this.prefix = prefix;
    }

    static Identity of(InboxId id) {
        Identity kind = reserving(id.source());
        return kind == null ? EVENT : kind;
    }

    static InboxId of(String consumer, ReceivedEvent event, HandledType type, @Nullable String idempotencyKey) {
        if (idempotencyKey != null) {
            return new InboxId(consumer, BUSINESS.prefix + type.name(), idempotencyKey);
        }
        return new InboxId(consumer, event.plain() ? event.source() : ofEvent(event.source()), event.id());
    }

    static InboxId ofUnreadable(String consumer, IncomingMessage message) {
        String position = message.position();
        String id = position == null ? Digest.of(message) : position;
        return new InboxId(consumer, UNREADABLE.prefix + message.channel(), id);
    }

    /** The source itself, as it always was, unless it begins like one that the inbox makes. */
    private static String ofEvent(String source) {
        return reserving(source) == null ? source : EVENT.prefix + source;
    }

    private static @Nullable Identity reserving(String source) {
        for (Identity kind : ALL) {
            if (source.startsWith(kind.prefix)) {
                return kind;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return switch (this) {
            case EVENT -> "event";
            case PLAIN -> "plain message";
            case BUSINESS -> "event with an idempotency key";
            case UNREADABLE -> "unreadable message";
        };
    }
}
