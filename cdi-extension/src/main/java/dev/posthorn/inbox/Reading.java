package dev.posthorn.inbox;

import dev.posthorn.log.FailureText;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.spi.IncomingMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param event null if the message can't be read
 * @param type null if nobody handles such events here
 * @param error why it can't be read
 */
record Reading(@Nullable ReceivedEvent event, @Nullable HandledType type, String error) {

    static Reading of(ChannelContext context, IncomingMessage message) {
        try {
            ReceivedEvent event = context.read(message);
            return new Reading(event, context.typeOf(event).orElse(null), "");
        } catch (UnreadableMessageException e) {
            return new Reading(null, null, FailureText.of(e));
        }
    }

    /** The key within which the event keeps its order, if it does. */
    @Nullable
    String key() {
        return event == null || type == null ? null : ChannelContext.orderKey(event, type);
    }
}
