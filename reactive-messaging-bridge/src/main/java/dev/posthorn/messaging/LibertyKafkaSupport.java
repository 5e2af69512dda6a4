package dev.posthorn.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code liberty-kafka}, the connector of Open Liberty's own Reactive Messaging feature. */
final class LibertyKafkaSupport implements ConnectorSupport {

    static final String CONNECTOR = "liberty-kafka";

    /** That of Kafka's producer since kafka-clients 3.0. */
    private static final String DEFAULT_ACKS = "all";

    @Override
    public List<String> problems(OutgoingChannel channel) {
        List<String> problems = KafkaChecks.problems(channel, DEFAULT_ACKS);
        channel.attribute("topic").ifPresent(topic -> problems.add(BridgeMessages.oneTopicForAll(channel, topic)));
        return problems;
    }

    @Override
    public List<String> warnings(OutgoingChannel channel) {
        return new KafkaTimeouts(channel).warnings();
    }

    @Override
    public Optional<String> topicProblem(String topic) {
        return KafkaChecks.topicProblem(topic);
    }

    @Override
    public Map<String, String> defaults(OutgoingChannel channel) {
        return new KafkaTimeouts(channel).defaults();
    }

    @Override
    public Duration answer(OutgoingChannel channel) {
        return new KafkaTimeouts(channel).answer();
    }

    @Override
    public boolean carriesAttributes() {
        return true;
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return new KafkaRecordMessages();
    }
}
