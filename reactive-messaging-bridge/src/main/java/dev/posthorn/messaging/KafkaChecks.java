package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What every Kafka connector has to be told, since all of them hand their attributes on to Kafka's producer. */
final class KafkaChecks {

    static final String BYTES = "org.apache.kafka.common.serialization.ByteArraySerializer";
    static final String STRINGS = "org.apache.kafka.common.serialization.StringSerializer";

    private static final Set<String> ALL_REPLICAS = Set.of("all", "-1");

    /** Kafka's own rule. */
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private KafkaChecks() {}

    static Optional<String> topicProblem(String topic) {
        boolean possible = TOPIC.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
        return possible ? Optional.empty() : Optional.of(BridgeMessages.noTopicOfKafka(topic));
    }

    /**
     * @param defaultAcks what the connector makes of a channel that doesn't say
     */
    static List<String> problems(OutgoingChannel channel, String defaultAcks) {
        List<String> problems = new ArrayList<>();
        if (!Visible.kafkaClients()) {
            problems.add(BridgeMessages.noKafkaClients(channel));
        }
        String values = channel.attribute("value.serializer").orElse("");
        if (!values.equals(BYTES)) {
            problems.add(BridgeMessages.wrongValueSerializer(channel, values));
        }
        String keys = channel.attribute("key.serializer").orElse(STRINGS);
        if (!keys.equals(STRINGS)) {
            problems.add(BridgeMessages.wrongKeySerializer(channel, keys));
        }
        // One replica is not enough: it may fail before another has a copy, and the event would be gone after it
        // counted as sent.
        String acks = channel.attribute("acks").orElse(defaultAcks);
        if (!ALL_REPLICAS.contains(acks)) {
            problems.add(BridgeMessages.tooFewAcks(channel, acks));
        }
        return problems;
    }
}
