package dev.posthorn.messaging;

import java.time.Duration;
import java.util.List;

/** {@code posthorn-rabbitmq}: Posthorn's own connector, since there is none that confirms what RabbitMQ has, and only that. */
final class RabbitMqSupport implements ConnectorSupport {

    static final String CONNECTOR = "posthorn-rabbitmq";

    /**
     * All that is unconfirmed is answered when its connection ends. In a memory or disk alarm RabbitMQ takes nothing and keeps
     * connections, however long that lasts.
     */
    private static final Duration LONGEST_ALARM = Duration.ofHours(1);

    @Override
    public List<String> problems(OutgoingChannel channel) {
        return RabbitMqChecks.problems(channel, System.getenv());
    }

    @Override
    public Duration answer(OutgoingChannel channel) {
        return LONGEST_ALARM;
    }

    @Override
    public boolean carriesAttributes() {
        return true;
    }

    @Override
    public int mostUnderWay(OutgoingChannel channel) {
        int inFlight = RabbitMqAttribute.MAX_INFLIGHT_MESSAGES.number(channel);
        return ConnectorSupport.mostUnderWay(inFlight);
    }

    /** The connector makes of an event what RabbitMQ gets. */
    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return event -> new EventMessage(event, event);
    }
}
