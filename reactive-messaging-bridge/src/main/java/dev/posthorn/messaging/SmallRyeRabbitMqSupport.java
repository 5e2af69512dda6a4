package dev.posthorn.messaging;

import static java.lang.System.Logger.Level.WARNING;

import java.util.List;

/** {@code smallrye-rabbitmq}, so far with the payload alone. */
final class SmallRyeRabbitMqSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-rabbitmq";

    private static final System.Logger LOG = System.getLogger(SmallRyeRabbitMqSupport.class.getName());

    @Override
    public List<String> problems(OutgoingChannel channel) {
        LOG.log(WARNING, BridgeMessages.payloadOnly(channel));
        return channel.isTrue("publish-confirms") ? List.of() : List.of(BridgeMessages.noPublisherConfirms(channel));
    }

    @Override
    public MessageFactory messages() {
        return new PayloadMessages();
    }
}
