package dev.posthorn.receive;

import dev.posthorn.spi.IncomingMessage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads messages as CloudEvents 1.0: attributes beside the data, attributes and data in one JSON document, or none at all. */
public final class MessageReader {

    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_BATCH = "application/cloudevents-batch";

    private final Function<String, Optional<String>> typeOfChannel;

    /**
     * @param typeOfChannel the logical type of what arrives on a channel without saying what it is; empty if nothing may
     */
    public MessageReader(Function<String, Optional<String>> typeOfChannel) {
        this.typeOfChannel = typeOfChannel;
    }

    /** @throws UnreadableMessageException if it is none of these */
    public ReceivedEvent read(IncomingMessage message) {
        MediaType type = MediaType.of(message.contentType() == null ? "" : message.contentType());
        if (type.name().startsWith(STRUCTURED_BATCH)) {
            throw new UnreadableMessageException(
                    "The message is a batch of CloudEvents, which can't be read. Let the sender send them one by one.");
        }
        if (type.name().startsWith(STRUCTURED)) {
            return StructuredEvent.read(message, type);
        }
        if (message.attributes().containsKey(Attributes.SPECVERSION)) {
            return new Attributes(message.attributes()).event(message, message.contentType(), message.data());
        }
        return plain(message);
    }

    private ReceivedEvent plain(IncomingMessage message) {
        return typeOfChannel
                .apply(message.channel())
                .map(type -> new Attributes(Map.of(Attributes.TYPE, type)).plainEvent(message))
                .orElseThrow(() -> new UnreadableMessageException(
                        "The message is no CloudEvent: it has no attribute specversion, and its content type is "
                                + (message.contentType() == null ? "not given" : message.contentType())
                                + ". If everything on channel '" + message.channel()
                                + "' is data of one type, name that: posthorn.channel." + message.channel()
                                + ".inbox.type=..."));
    }
}
