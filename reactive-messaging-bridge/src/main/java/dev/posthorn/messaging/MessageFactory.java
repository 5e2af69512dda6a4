package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;

/** Writes an event as the message that one kind of connector sends as it should: to its topic, with its key and headers. */
interface MessageFactory {

    EventMessage message(EventEnvelope event);
}
