package dev.posthorn.messaging;

import java.util.List;

/** {@code smallrye-amqp}: AMQP 1.0. */
final class SmallRyeAmqpSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-amqp";

    @Override
    public List<String> problems(OutgoingChannel channel) {
        return channel.writesCloudEventsOfItsOwn() ? List.of(BridgeMessages.foreignCloudEvents(channel)) : List.of();
    }

    @Override
    public boolean carriesAttributes() {
        return Visible.smallRyeAmqp();
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return carriesAttributes()
                ? new SmallRyeAmqpMessages(channel.attribute("address").isPresent())
                : new PayloadMessages();
    }
}
