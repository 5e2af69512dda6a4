package dev.posthorn.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code smallrye-kafka}: Payara and Open Liberty with SmallRye in the application, WildFly. */
final class SmallRyeKafkaConsumer implements IncomingSupport {

    /** The default if Kafka's client does not commit by itself. */
    private static final String THROTTLED = "throttled";

    private static final String FOR_EVER = "0";

    @Override
    public List<String> problems(IncomingChannel channel) {
        List<String> problems = KafkaConsumerChecks.problems(channel);
        channel.attribute("commit-strategy")
                .filter(strategy -> !strategy.equals(THROTTLED))
                .ifPresent(strategy -> problems.add(BridgeMessages.commitsTooMuch(channel, strategy)));
        if (!channel.attribute("throttled.unprocessed-record-max-age.ms")
                .orElse("")
                .equals(FOR_EVER)) {
            problems.add(BridgeMessages.stopsBySlowness(channel));
        }
        if (!channel.isFalse("cloud-events")) {
            problems.add(BridgeMessages.stopsByMalformedEvents(channel));
        }
        if (channel.isTrue("batch")) {
            problems.add(BridgeMessages.batches(channel));
        }
        if (channel.isFalse("pause-if-no-requests")) {
            problems.add(BridgeMessages.readsWithoutBound(channel));
        }
        return problems;
    }

    @Override
    public List<String> warnings(IncomingChannel channel) {
        return KafkaConsumerChecks.warnings(channel);
    }

    @Override
    public CompletionStage<List<String>> keptLongerThan(Duration inbox, IncomingChannel channel) {
        return TopicRetention.longerThan(inbox, channel);
    }
}
