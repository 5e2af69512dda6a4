package dev.posthorn.messaging;

import java.util.List;

/** {@code smallrye-rabbitmq}, which is for receiving: it confirms what RabbitMQ never had. */
final class SmallRyeRabbitMqSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-rabbitmq";

    @Override
    public List<String> problems(OutgoingChannel channel) {
        return List.of(RabbitMqProblems.losesEvents(channel));
    }

    @Override
    public boolean carriesAttributes() {
        return true;
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        throw new IllegalStateException(RabbitMqProblems.losesEvents(channel));
    }
}
