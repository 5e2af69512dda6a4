package dev.posthorn.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code liberty-kafka}, the connector of Open Liberty's own Reactive Messaging feature. */
final class LibertyKafkaConsumer implements IncomingSupport {

    @Override
    public List<String> problems(IncomingChannel channel) {
        return KafkaConsumerChecks.problems(channel);
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
