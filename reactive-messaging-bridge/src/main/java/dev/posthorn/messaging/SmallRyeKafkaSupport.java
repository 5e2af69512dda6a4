package dev.posthorn.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code smallrye-kafka}: Payara and Open Liberty with SmallRye in the application, WildFly. */
final class SmallRyeKafkaSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-kafka";

    /** The connector's own, other than that of Kafka's producer. */
    private static final String DEFAULT_ACKS = "1";

    private static final int DEFAULT_IN_FLIGHT = 1024;

    @Override
    public List<String> problems(OutgoingChannel channel) {
        List<String> problems = KafkaChecks.problems(channel, DEFAULT_ACKS);
        if (!channel.attribute("waitForWriteCompletion")
                .map(Boolean::parseBoolean)
                .orElse(true)) {
            problems.add(BridgeMessages.doesNotWait(channel));
        }
        if (channel.writesCloudEventsOfItsOwn()) {
            problems.add(BridgeMessages.foreignCloudEvents(channel));
        }
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

    /** What it asks for at once, beyond what its emitter keeps; 0 is as many as there are. */
    @Override
    public int mostUnderWay(OutgoingChannel channel) {
        int inFlight = channel.attribute("max-inflight-messages")
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(Integer::parseInt)
                .orElse(DEFAULT_IN_FLIGHT);
        return ConnectorSupport.mostUnderWay(inFlight);
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return Visible.smallRyeKafkaApi() ? new SmallRyeKafkaMessages() : new KafkaRecordMessages();
    }
}
