package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;

/**
 * For connectors whose metadata is not known here. The payload alone travels: where it goes is what the channel's configuration
 * says, and neither topic, key, headers nor CloudEvents attributes arrive.
 */
final class PayloadMessages implements MessageFactory {

    @Override
    public EventMessage message(EventEnvelope event) {
        return new EventMessage(event, event.data());
    }
}
