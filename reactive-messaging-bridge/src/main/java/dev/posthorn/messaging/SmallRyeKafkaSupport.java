package dev.posthorn.messaging;

import java.util.List;

/** {@code smallrye-kafka}: Payara and Open Liberty with SmallRye in the application, WildFly. */
final class SmallRyeKafkaSupport implements ConnectorSupport {

    static final String CONNECTOR = "smallrye-kafka";

    /** The connector's own, other than that of Kafka's producer. */
    private static final String DEFAULT_ACKS = "1";

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
    public boolean carriesAttributes() {
        return true;
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return Visible.smallRyeKafkaApi() ? new SmallRyeKafkaMessages() : new KafkaRecordMessages();
    }
}
