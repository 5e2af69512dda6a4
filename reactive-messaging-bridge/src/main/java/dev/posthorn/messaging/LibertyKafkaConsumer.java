package dev.posthorn.messaging;

import java.util.List;

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
}
