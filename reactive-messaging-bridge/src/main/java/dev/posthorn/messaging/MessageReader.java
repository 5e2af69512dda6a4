package dev.posthorn.messaging;

import dev.posthorn.spi.IncomingMessage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Reads what one kind of connector has received. */
interface MessageReader {

    /** The message in words that are the same for every broker; null if it did not come from this kind of connector. */
    @Nullable
    IncomingMessage read(String channel, Message<?> message);
}
