package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * The event's data as payload, and what else belongs to it as metadata. Compiled against the MicroProfile API, whose messages have no
 * metadata: there is nothing to override before run time. Needs SmallRye's API.
 */
final class MessageWithMetadata extends EventMessage {

    private final Metadata metadata;

    MessageWithMetadata(EventEnvelope event, Object metadata) {
        super(event, event.data());
        this.metadata = Metadata.of(metadata);
    }

    /** Overrides the method that SmallRye's edition of {@code Message} adds to the interface. */
    @SuppressWarnings("unused")
    public Metadata getMetadata() {
        return metadata;
    }
}
