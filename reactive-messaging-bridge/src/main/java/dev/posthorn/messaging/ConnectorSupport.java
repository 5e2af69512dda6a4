package dev.posthorn.messaging;

import dev.posthorn.spi.EventTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What sending through one kind of connector takes. */
interface ConnectorSupport {

    /** That of connectors which never answer for what was under way when a connection broke: it is sent again after that. */
    Duration ANSWER = Duration.ofSeconds(30);

    /** What of the channel's configuration would lose or alter events, each with the remedy. */
    List<String> problems(OutgoingChannel channel);

    /** What of it is rarely meant, each with the remedy. */
    default List<String> warnings(OutgoingChannel channel) {
        return List.of();
    }

    /** What is wrong with a topic that events are to be sent to; a sentence. */
    default Optional<String> topicProblem(String topic) {
        return Optional.empty();
    }

    /** Settings that the channel needs and its configuration leaves open: keys and values. */
    default Map<String, String> defaults(OutgoingChannel channel) {
        return Map.of();
    }

    /** Within which the connector answers for an event, in any case. */
    default Duration answer(OutgoingChannel channel) {
        return ANSWER;
    }

    /** Whether more than the payload travels: topic, key, headers and the CloudEvents attributes. */
    boolean carriesAttributes();

    /** Writes events the way this connector reads them. Called only if the channel has no problems. */
    MessageFactory messages(OutgoingChannel channel);

    /** How many messages the connector takes at once, however late the broker answers. */
    default int mostUnderWay(OutgoingChannel channel) {
        return EventTransport.MOST_UNDER_WAY;
    }

    /** The same where the channel says how many may be under way. With more than a thousand a backlog is not sent faster. */
    static int mostUnderWay(int inFlight) {
        return Math.max(EventTransport.MOST_UNDER_WAY, Math.min(inFlight, 1000));
    }

    /** The support for a connector, by the name that channels call it by. */
    static ConnectorSupport of(String connector) {
        return switch (connector) {
            case SmallRyeKafkaSupport.CONNECTOR -> new SmallRyeKafkaSupport();
            case LibertyKafkaSupport.CONNECTOR -> new LibertyKafkaSupport();
            case RabbitMqSupport.CONNECTOR -> new RabbitMqSupport();
            case SmallRyeRabbitMqSupport.CONNECTOR -> new SmallRyeRabbitMqSupport();
            case SmallRyeAmqpSupport.CONNECTOR -> new SmallRyeAmqpSupport();
            default -> new UnknownConnectorSupport();
        };
    }
}
