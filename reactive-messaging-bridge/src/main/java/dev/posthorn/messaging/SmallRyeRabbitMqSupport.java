package dev.posthorn.messaging;

import java.util.List;

/** {@code smallrye-rabbitmq}. */
final class SmallRyeRabbitMqSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-rabbitmq";

    @Override
    public List<String> problems(OutgoingChannel channel) {
        return channel.isTrue("publish-confirms") ? List.of() : List.of(BridgeMessages.noPublisherConfirms(channel));
    }

    @Override
    public List<String> warnings(OutgoingChannel channel) {
        return List.of(BridgeMessages.confirmsOfBrokenConnections(channel));
    }

    @Override
    public boolean carriesAttributes() {
        return Visible.smallRyeRabbitMq();
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return carriesAttributes()
                ? new SmallRyeRabbitMqMessages(
                        channel.attribute("default-routing-key").isPresent())
                : new PayloadMessages();
    }
}
