package dev.posthorn.messaging;

import java.util.List;

/** {@code smallrye-rabbitmq}, so far with the payload alone. */
final class SmallRyeRabbitMqSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-rabbitmq";

    @Override
    public List<String> problems(OutgoingChannel channel) {
        return channel.isTrue("publish-confirms") ? List.of() : List.of(BridgeMessages.noPublisherConfirms(channel));
    }

    @Override
    public boolean carriesAttributes() {
        return false;
    }

    @Override
    public MessageFactory messages() {
        return new PayloadMessages();
    }
}
